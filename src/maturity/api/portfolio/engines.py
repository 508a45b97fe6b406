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
    """The engine of a run. Reports rest on the traces that only the reference engine makes.

    Raises:
        UsageError: a master is named, and no engine that has one.
    """
    if request.master is not None and request.engine != "spark":
        raise UsageError("master-unused")
    if request.reports:
        return ENGINES["reference"]
    usual: EngineName = "duckdb" if all(map(find_spec, NEEDED)) else "reference"
    return ENGINES[request.engine or usual]


def _by_sets(job: Job) -> Batched:
    from maturity.api.portfolio.sets.batching import batch_sets

    return batch_sets(job)


def _by_spark(job: Job) -> Batched:
    try:
        from maturity.api.portfolio.cluster import batch_cluster
    except ModuleNotFoundError:
        raise UsageError("no-spark") from None
    return batch_cluster(job)


def _by_units(job: Job) -> Batched:
    from maturity.api.portfolio.by_units import batch_units

    return batch_units(job)


ENGINES: Final[dict[EngineName, Engine]] = {
    "duckdb": _by_sets,
    "spark": _by_spark,
    "reference": _by_units,
}
"""Each engine imports what it needs when it is asked for."""
