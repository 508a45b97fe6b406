"""Results of the reference engine as a table of a database file, by way of Parquet."""

from pathlib import Path
from tempfile import TemporaryDirectory

from maturity.engines.database import Database, parquet
from maturity.engines.sets.picking import columns_in
from maturity.model.portfolio import Scored
from maturity.render.results import RESULTS, Head


class DatabaseResults:
    """The table `results` of a database file, with the types of Parquet.

    Raises:
        UsageError: a library is missing.
    """

    def __init__(self, path: Path, head: Head) -> None:
        self.database = Database(threads=1)
        self.path, self.names = path, tuple(head.names())
        self.folder = TemporaryDirectory(prefix="rows-", dir=path.parent)
        self.rows = Path(self.folder.name) / "results.parquet"
        self.parquet = RESULTS["parquet"](self.rows, head)

    def add(self, one: Scored) -> None:
        """Take in a project."""
        self.parquet.add(one)

    def close(self) -> None:
        """Make the file.

        Raises:
            OSError: it cannot be written.
        """
        with self.folder:
            self.parquet.close()
            every = columns_in(parquet(self.rows), self.names)
            self.database.save_tables({"results": every}, self.path)
        self.database.close()
