"""Units -> outcomes, in their order. The table is what the command line offers.

An engine over whole tables (DuckDB, Spark) is one more entry: it takes the same units, and may
gather rows of one table as it likes, as long as an outcome comes for every unit in its turn.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from maturity.api.portfolio.context import Context
from maturity.api.portfolio.units import Unit
from maturity.api.portfolio.workers import by_processes
from maturity.engines import EngineName
from maturity.loading.outcomes import Kept

Engine: TypeAlias = Callable[[Context, Iterator[Unit], int], Iterator[Kept]]
"""Context, units, number of processes or threads -> what came of each unit."""

ENGINES: Final[dict[EngineName, Engine]] = {"reference": by_processes}
