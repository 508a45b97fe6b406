"""Files are written whole or not at all; a closed pipe is quiet."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from maturity.base.errors import RefusedError
from maturity.cli.output import deliver, write

KILLS = max(10, min(200, int(os.environ.get("HAZARD_SIZE", "0")) // 5_000))
WRITER = """
import itertools, sys
from pathlib import Path
from maturity.cli.output import write
target = Path(sys.argv[1])
print("ready", flush=True)
for turn in itertools.count():
    write(target, f"{turn % 10}" * 2_000_000)
"""


def test_a_text_is_written_and_ends_with_a_line_break(tmp_path: Path) -> None:
    deliver("said", tmp_path / "said.md")
    assert (tmp_path / "said.md").read_bytes() == b"said\n"


def test_the_mode_of_a_replaced_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "old.md"
    target.write_text("old")
    target.chmod(0o640)
    write(target, "new")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old")
    link.symlink_to(target)
    write(link, "new")
    assert target.read_text() == "new"
    assert link.is_symlink()


def test_what_is_there_is_not_replaced_unless_asked(tmp_path: Path) -> None:
    target = tmp_path / "there.yaml"
    target.write_text("old")
    with pytest.raises(RefusedError, match="M901"):
        write(target, "new", replace=False)
    assert target.read_text() == "old"


@pytest.mark.parametrize("name", ["missing/folder/report.md", ".", "a\0b"])
def test_what_cannot_be_written_is_told_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError, match="M901"):
        write(tmp_path / name, "text")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_device_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="M901"):
        write(Path("/dev/full"), "text")
    assert not list(tmp_path.iterdir())


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.md"
    target.write_text("old")
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(RefusedError, match="No space left"):
        write(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    assert target.read_text() == "old"


def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    for turn in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.01 + 0.003 * (turn % 10))
            writer.send_signal(signal.SIGKILL)
        if target.exists():
            text = target.read_text()
            assert len(text) == 2_000_000
            assert len(set(text)) == 1
