"""What is said where there is no Spark, no Java, or no cluster: a line, and nothing of Java."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity.base.errors import UsageError
from maturity.engines.spark.cluster import Cluster
from maturity.engines.spark.starting import unstarted


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that is called Java."""
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    return program


@pytest.fixture
def closed() -> Iterator[int]:
    """A port at which nothing answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.mark.usefixtures("java")
def test_without_spark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match="no spark"):
        Cluster("local[1]")


def test_without_java_it_says_what_to_install(java: Path) -> None:
    java.unlink()
    with pytest.raises(UsageError, match="no java"):
        Cluster("local[1]")


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("place", ["127.0.0.1:{port}", "127.0.0.1", "127.0.0.1:{port},here:x"])
def test_a_master_that_does_not_answer_is_named(closed: int, place: str) -> None:
    with pytest.raises(UsageError, match="no master"):
        Cluster(f"spark://{place.format(port=closed)}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "spark"], "--engine spark needs --master URL"),
        (["--master", "local[1]"], "--master is for --engine spark"),
        (["--engine", "spark", "--master", "local[1]"], "say --format parquet"),
    ],
)
def test_what_a_cluster_needs_is_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maturity", "batch", str(tmp_path / "deals.parquet"), *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'Exception in thread "main" org.apache.spark.SparkException: Master must be',
            "no session",
        ),
        ("Error: LinkageError, java.lang.UnsupportedClassVersionError: Main", "wrong java"),
    ],
)
def test_why_spark_does_not_start_is_told(tmp_path: Path, line: str, said: str) -> None:
    log = tmp_path / "java.log"
    log.write_text(f"WARNING: Using incubator modules\n{line}\n", encoding="utf-8")
    error = RuntimeError("[JAVA_GATEWAY_EXITED] Java gateway process exited")
    assert str(unstarted(error, "foo://x", log)).startswith(said)
