"""RENDER: scored projects as a table, a row a project; the formats are what `batch` offers."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from maturity.model.bundle import Bundle
from maturity.render import ResultsFormat
from maturity.render.results.csv_ import CsvResults
from maturity.render.results.jsonl import JsonResults
from maturity.render.results.parquet import ParquetResults
from maturity.render.results.results import Head, Results
from maturity.render.results.xlsx import XlsxResults

__all__ = ["RESULTS", "Head", "Results", "ResultsFormat", "head_of"]

RESULTS: Final[dict[ResultsFormat, Callable[[Path, Head], Results]]] = {
    "csv": CsvResults,
    "jsonl": JsonResults,
    "parquet": ParquetResults,
    "xlsx": XlsxResults,
}
"""A format -> what writes it to a file; `Head` says what its columns are."""


def head_of(bundle: Bundle, carried: tuple[str, ...]) -> Head:
    """The columns of the results of a rubric, with those that are passed on."""
    return Head.of(bundle, carried)
