"""A folder is there whole, old or new, whatever happens while a run writes it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from maturity.base.errors import RefusedError
from maturity.cli import folder
from maturity.cli.folder import Staging, publish, staged

KILLS = max(8, min(200, int(os.environ.get("HAZARD_SIZE", "0")) // 5_000))
WRITER = """
import itertools, json, sys
from pathlib import Path
from maturity.cli import folder
if sys.argv[2] == "renames":
    folder._exchanged = lambda one, other: False
print("ready", flush=True)
for turn in itertools.count():
    with folder.staged(Path(sys.argv[1])) as staging:
        for name in "abc":
            (staging.into / name).write_text(f"{turn % 10}" * 200_000)
        told = json.dumps({"files": ["a", "b", "c", "manifest.json"]})
        (staging.into / "manifest.json").write_text(told)
        folder.publish(staging)
"""


def fill(staging: Staging, text: str) -> None:
    """Write an output as a run does."""
    (staging.into / "results.csv").write_text(text)
    (staging.into / "reports").mkdir()
    (staging.into / "reports" / "x.md").write_text(text)
    files = ["results.csv", "reports/x.md", "manifest.json"]
    (staging.into / "manifest.json").write_text(json.dumps({"files": files}))


def written(output: Path, text: str) -> None:
    with staged(output) as staging:
        fill(staging, text)
        publish(staging)


def stopped(output: Path, state: str, error: BaseException) -> None:
    """A run that ends before its output is whole."""
    with staged(output) as staging:
        (staging.into / "state.jsonl").write_text(state)
        raise error


def beside(output: Path) -> set[str]:
    return {path.name for path in output.parent.iterdir()} - {output.name}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "out"


@pytest.mark.parametrize("exchanges", [True, False])
def test_what_was_written_takes_the_place_of_what_was_there(
    output: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanges:
        monkeypatch.setattr(folder, "_exchanged", lambda *_: False)
    written(output, "old")
    written(output, "new")
    assert (output / "results.csv").read_text() == "new"
    assert beside(output) == {".out.lock"}


def test_an_empty_folder_is_taken(output: Path) -> None:
    output.mkdir()
    written(output, "new")
    assert (output / "reports" / "x.md").read_text() == "new"


def test_what_is_not_published_changes_nothing(output: Path) -> None:
    written(output, "old")
    with staged(output) as staging:
        fill(staging, "new")
    assert (output / "results.csv").read_text() == "old"
    assert beside(output) == {".out.lock"}


def test_a_failed_run_leaves_nothing_behind(output: Path) -> None:
    written(output, "old")
    with pytest.raises(RefusedError, match="No space left"):
        stopped(output, "new", OSError(28, "No space left on device"))
    assert (output / "results.csv").read_text() == "old"
    assert beside(output) == {".out.lock"}


@pytest.mark.parametrize("name", ["notes.txt", "reports/notes.md", "sub/deep/notes"])
def test_files_of_the_user_are_never_replaced(output: Path, name: str) -> None:
    written(output, "old")
    (output / name).parent.mkdir(parents=True, exist_ok=True)
    (output / name).write_text("mine")
    with pytest.raises(RefusedError, match=name):
        written(output, "new")
    assert (output / name).read_text() == "mine"
    assert (output / "results.csv").read_text() == "old"


def test_a_file_that_comes_while_a_run_is_on_is_not_replaced(output: Path) -> None:
    written(output, "old")
    with staged(output) as staging:
        fill(staging, "new")
        (output / "notes").write_text("mine")
        with pytest.raises(RefusedError, match="notes"):
            publish(staging)
    assert (output / "notes").read_text() == "mine"


def test_a_folder_without_a_manifest_is_not_ours(output: Path) -> None:
    output.mkdir()
    (output / "results.csv").write_text("mine")
    with pytest.raises(RefusedError, match="no run has written"):
        written(output, "new")
    (output / "manifest.json").write_text("[]")
    with pytest.raises(RefusedError, match=r"manifest\.json is damaged"):
        written(output, "new")


def test_a_file_is_not_a_folder(output: Path) -> None:
    output.write_text("mine")
    with pytest.raises(RefusedError, match="not a folder"):
        written(output, "new")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="M901"):
        written(tmp_path / "none" / "out", "new")


def test_two_runs_on_one_output_do_not_mix(output: Path) -> None:
    with staged(output) as staging:
        fill(staging, "first")
        with pytest.raises(RefusedError, match="another run"):
            written(output, "second")
        publish(staging)
    assert (output / "results.csv").read_text() == "first"
    written(output, "third")
    assert (output / "results.csv").read_text() == "third"


def test_a_stopped_run_leaves_what_it_scored_to_the_next(output: Path) -> None:
    written(output, "old")
    for state in ("long " * 9, "short"):
        with pytest.raises(KeyboardInterrupt):
            stopped(output, state, KeyboardInterrupt())
    with staged(output) as staging:
        assert [(one / "state.jsonl").is_file() for one in staging.before] == [False, True]
        assert (staging.before[1] / "state.jsonl").read_text() == "long " * 9
    assert (output / "results.csv").read_text() == "old"
    assert beside(output) == {".out.lock"}


def test_a_run_killed_between_two_renames_is_mended(output: Path) -> None:
    written(output, "old")
    output.rename(output.with_name(".out.old"))
    with staged(output):
        assert (output / "results.csv").read_text() == "old"


def test_where_a_system_has_no_exchange_two_renames_do(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")  # whose call this system does not have
    written(output, "old")
    written(output, "new")
    assert (output / "results.csv").read_text() == "new"


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_killed_writer_leaves_the_old_or_the_new_folder(tmp_path: Path, way: str) -> None:
    output = tmp_path / "out"
    for kill in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(output), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.02 + 0.003 * (kill % 17))
            writer.send_signal(signal.SIGKILL)
        if way == "renames":
            with staged(output):
                pass
        if output.exists():
            texts = {(output / name).read_text() for name in "abc"}
            assert len(texts) == 1
            assert {len(text) for text in texts} == {200_000}
    assert output.exists()
