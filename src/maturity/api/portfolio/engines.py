"""What scores a portfolio. The table is what the command line offers."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Final, TypeAlias

from maturity.api.portfolio.request import Batched, Job, Request
from maturity.base.errors import UsageError
from maturity.engines import EngineName

Engine: TypeAlias = Callable[[Job], Batched]

NEEDED: Final = ("duckdb", "pyarrow", "sqlglot")
"""What the set engine needs; without it the reference engine scores."""


def engine_of(request: Request) -> Engine:
    """The engine of a run, imported. Reports rest on traces, which only one engine makes.

    Raises:
        UsageError: a master is named, and no engine that has one.
    """
    if request.master is not None and request.engine != "spark":
        raise UsageError("master-unused")
    if request.reports:
        return ENGINES["reference"]()
    usual: EngineName = "duckdb" if all(map(find_spec, NEEDED)) else "reference"
    return ENGINES[request.engine or usual]()


def _sets() -> Engine:
    from maturity.api.portfolio.sets.batching import batch_sets

    return batch_sets


def _cluster() -> Engine:
    try:
        from maturity.api.portfolio.cluster import batch_cluster
    except ModuleNotFoundError:
        raise UsageError("no-spark") from None
    return batch_cluster


def _units() -> Engine:
    from maturity.api.portfolio.by_units import batch_units

    return batch_units


ENGINES: Final[dict[EngineName, Callable[[], Engine]]] = {
    "duckdb": _sets,
    "spark": _cluster,
    "reference": _units,
}
"""What gives each engine: it is imported, with what it needs, when it is asked for."""
