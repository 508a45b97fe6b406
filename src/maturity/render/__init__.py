"""RENDER: a report to text. The table of formats is what the command line offers."""

from typing import Final, Literal, get_args

Format = Literal["text", "json", "markdown"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)

CasesFormat = Literal["text", "json", "junit"]
DiffFormat = Literal["text", "json"]
ResultsFormat = Literal["csv", "jsonl", "parquet", "xlsx", "duckdb"]
