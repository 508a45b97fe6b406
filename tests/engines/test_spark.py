"""Spark says what DuckDB and the reference engine say: executors of their own, one session."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.bench.tables import make_table
from tests.making.cells import sayable
from tests.making.models import models_of
from tests.making.projects import city_of
from tests.making.rows import DAY
from tests.making.rows import run as run_here
from tests.making.shipped import ROOT, Models
from tests.making.size import size
from tests.making.tables import by_reference, disagreements, listed_table, rows_of
from tests.making.thresholds import met_exactly

from maturity.api.portfolio.cluster import score_in
from maturity.api.portfolio.request import Batched, Inputs, Job, Request
from maturity.api.portfolio.running import context_of
from maturity.engines import assessment
from maturity.engines.spark.cluster import Cluster
from maturity.engines.sql.query import query_for
from maturity.model.city import City
from maturity.rules.expr import Method

pytestmark = pytest.mark.engines

QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java compiles to be up soon, not to be fast for hours."""

HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.sql.shuffle.partitions": "2",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
}
MODELS = ROOT / "tests" / "models"
STAGED = {
    "rubric": str(MODELS / "staged.yaml"),
    "questionnaire": str(MODELS / "staged.questionnaire.yaml"),
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Two executors in processes of their own, on loopback, ended in any case."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        found = Cluster("local-cluster[2,1,1024]", HERE)
        try:
            yield found
        finally:
            found.close()


@pytest.fixture(autouse=True)
def _without_next_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take most of the time, and tables do not tell them."""
    monkeypatch.setattr(assessment, "next_questions", lambda *_: ())


def write(path: Path, rows: Sequence[Mapping[str, str | None]]) -> Path:
    """Rows of texts as a Parquet file."""
    table = pa.table({one: pa.array([row[one] for row in rows], pa.string()) for one in rows[0]})
    parquet.write_table(table, path)
    return path


def check(cluster: Cluster, folder: Path, models: Models, city: City) -> None:
    path = write(folder / "given.parquet", rows_of(models, city))
    relation = cluster.read(str(path), "given")
    table = listed_table(models, relation, cluster.headers(relation))
    found = [
        _without_number(row) for row in cluster.rows(query_for(models.plan, models.bundle, table))
    ]
    assert list(disagreements(found, by_reference(models, city))) == []


def _without_number(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key != "row of the table"}


@pytest.mark.parametrize("seed", range(size(4, 100)))
def test_spark_agrees_on_any_rubric_and_answers(
    cluster: Cluster, tmp_path: Path, seed: int
) -> None:
    models = models_of(seed, questions=3 + seed % 4)
    check(cluster, tmp_path, models, sayable(city_of(models, seed, projects=50)))


@pytest.mark.parametrize("method", [Method.MEAN, Method.GEOMETRIC])
def test_spark_agrees_at_thresholds_that_are_met_exactly(
    cluster: Cluster, tmp_path: Path, method: Method
) -> None:
    check(cluster, tmp_path, *met_exactly(method, 0))


def batched(cluster: Cluster, into: Path, *paths: Path, **more: object) -> Batched:
    """A run in the session that is there."""
    into.mkdir()
    asked = {"rubric": "ppp-three-tier", **more, "format_": "parquet", "engine": "spark"}
    request = Request(paths=tuple(map(str, paths)), assessed=DAY, **asked)  # type: ignore[arg-type]
    context = context_of(request, into)
    return score_in(cluster, Job(request, context, Inputs(request.paths), into, (), lambda _: None))


def results(folder: Path) -> list[dict[str, object]]:
    """The rows of the results, by city and project."""
    rows: list[dict[str, object]] = parquet.read_table(folder / "results.parquet").to_pylist()
    return sorted(rows, key=lambda row: (str(row["city"]), str(row["project"])))


def test_spark_gives_what_duckdb_gives_of_a_large_table(cluster: Cluster, tmp_path: Path) -> None:
    table = tmp_path / "deals.parquet"
    make_table(table, size(2_000, 100_000))
    theirs = batched(cluster, tmp_path / "spark", table)
    ours = run_here(tmp_path / "duckdb", table, engine="duckdb", format_="parquet")
    assert theirs.first == ()
    found, wanted = results(tmp_path / "spark"), results(tmp_path / "duckdb")
    assert len(found) == len(wanted) == size(2_000, 100_000)
    assert list(found[0]) == list(wanted[0])
    assert list(disagreements(found, wanted)) == []
    assert theirs.portfolio == ours.portfolio


ROWS: Sequence[Mapping[str, str]] = (
    {"City": "Tainan", "project": "lamps", "domain": "d", "plan-scope": "full", "Note": "=1+1"},
    {
        "City": "Chiayi",
        "project": "tram",
        "domain": "d",
        "plan-scope": "full/none",
        "Note": 'a "b"',
    },
    {"City": "臺南", "project": "bus", "domain": "d", "plan-scope": "", "Note": "two\nlines"},
    {"City": "Tainan", "project": "broken", "domain": "d", "plan-scope": "fully", "Note": ""},
    {"City": "Tainan", "project": "twin", "domain": "d", "plan-scope": "none", "Note": ""},
    {"City": "TAINAN", "project": "twin", "domain": "d", "plan-scope": "none", "Note": ""},
    {"City": "", "project": "nowhere", "domain": "d", "plan-scope": "none", "Note": ""},
)


def written(folder: Path, form: str) -> Path:
    path = folder / f"deals.{form}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        if form == "csv":
            writer = csv.DictWriter(stream, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
            stream.write("Hualien,port,d\r\n")
        else:
            stream.writelines(f"{json.dumps(row)}\n" for row in ROWS)
            stream.write('{"City": "Hualien", "project": "port", "domain": \n')
    return path


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_that_are_no_projects_are_listed_and_the_rest_is_scored(
    cluster: Cluster, tmp_path: Path, form: str
) -> None:
    columns = tmp_path / "map.yaml"
    columns.write_text("format: maturity/columns@1\ncolumns: {City: city}\n", encoding="utf-8")
    asked: dict[str, Any] = {**STAGED, "columns": columns}
    missing = tmp_path / "missing.parquet"
    done = batched(cluster, tmp_path / "out", written(tmp_path, form), missing, **asked)
    told = [(fault.path, fault.code, fault.message) for fault in done.first]
    assert [code for _, code, _ in told] == ["M020", "M113", "M113", *["M105"] * 3], told
    found = results(tmp_path / "out")
    assert [(row["city"], row["project"]) for row in found] == [
        ("Chiayi", "tram"),
        ("Tainan", "lamps"),
        ("臺南", "bus"),
    ]
    run_here(
        tmp_path / "reference", written(tmp_path, form), engine="duckdb", format_="parquet", **asked
    )
    assert list(disagreements(found, results(tmp_path / "reference"))) == []
    assert told[0][0] == str(missing)
    assert "Path does not exist" in told[0][2]
    assert "Exception" not in told[0][2]
    assert "project broken of Tainan: no answer to plan-scope" in told[3][2]
    assert "project nowhere of -: its city, project" in told[4][2]
    assert told[5][2].startswith("project port of Hualien" if form == "csv" else "project - of -")
    assert done.portfolio.totals.projects == 3


def test_the_executors_are_processes_of_their_own(cluster: Cluster) -> None:
    """A job waits for both of them; the driver is listed, too."""
    assert cluster.session.range(10).count() == 10
    status = cluster.session.sparkContext._jsc.sc().statusTracker()  # noqa: SLF001
    assert len(status.getExecutorInfos()) == 3
