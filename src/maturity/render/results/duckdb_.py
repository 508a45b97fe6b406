"""A database file with the results as a table, made by DuckDB out of Parquet."""

from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory

from maturity.base.errors import UsageError
from maturity.model.portfolio import Scored
from maturity.render.results.parquet import ParquetResults
from maturity.render.results.results import Head

_TABLE = "CREATE TABLE results AS FROM read_parquet(?)"


class DatabaseResults:
    """Results as the table `results` of a database file, typed as Parquet is.

    It is made elsewhere and moved: of a path DuckDB takes a question mark for the start of options.
    """

    def __init__(self, path: Path, head: Head) -> None:
        try:
            import duckdb  # noqa: PLC0415 - on demand: an extra
        except ModuleNotFoundError:
            raise UsageError("no-duckdb") from None
        self.connect, self.error = duckdb.connect, duckdb.Error
        self.path = path
        self.folder = TemporaryDirectory()
        self.rows = Path(self.folder.name) / "results.parquet"
        self.parquet = ParquetResults(self.rows, head)

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
            made = self.rows.with_name(self.path.name)
            try:
                with self.connect(made) as database:
                    database.execute(_TABLE, [str(self.rows)])
                    database.execute("CHECKPOINT")  # to be told where it fails
            except self.error as error:
                raise OSError(str(error)) from None
            move(made, self.path)
