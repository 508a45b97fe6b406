"""Standard output and error: UTF-8, quiet at a closed pipe, told where nothing can be written."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.cli import console
from maturity.cli.exits import Exit


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def stream(
    kind: type[io.TextIOWrapper] = io.TextIOWrapper, coding: str = "ascii"
) -> io.TextIOWrapper:
    return kind(io.BytesIO(), encoding=coding)


def written(to: io.TextIOWrapper) -> bytes:
    to.flush()
    found = to.buffer
    assert isinstance(found, io.BytesIO)
    return found.getvalue()


class Broken(io.StringIO):
    """A stream on which writing fails in a given way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.handle = os.open(os.devnull, os.O_WRONLY)

    def write(self, _: str) -> int:
        raise self.error

    def fileno(self) -> int:
        return self.handle


def test_a_file_gets_utf_8_and_a_line_break(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, expected in (("路燈", "路燈\n"), ("a\n", "a\n"), ("\ud800", "?\n")):
        out = stream()
        monkeypatch.setattr(sys, "stdout", out)
        console.emit(text)
        assert written(out).decode() == expected


def test_a_terminal_gets_what_it_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    out = stream(Terminal)
    monkeypatch.setattr(sys, "stdout", out)
    console.emit("路 a")
    assert written(out) == b"? a\n"


def test_a_stream_that_cannot_be_set_up_is_written_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    console.emit("said")
    console.tell_all(
        [
            Diagnostic.of(Code.UNREADABLE, Place("a.yaml", 1, 1), "no", "look"),
            Diagnostic.of(Code.UNREADABLE, Place("b.yaml", 1, 1), "no"),
        ]
    )
    assert out.getvalue() == "said\n"
    assert err.getvalue().splitlines()[1:] == ["  hint: look", err.getvalue().splitlines()[2]]


def test_a_closed_pipe_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError()))
    err = io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as ended:
        console.emit("said")
    assert (ended.value.code, err.getvalue()) == (0, "")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "standard output cannot be written: "), ("zh-Hant", "無法寫入標準輸出：")],
)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("closed")])
def test_what_cannot_be_written_is_told(
    error: Exception, language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.speak(language)
    monkeypatch.setattr(sys, "stdout", Broken(error))
    err = io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as ended:
        console.emit("said")
    console.speak("en")
    assert ended.value.code == Exit.REFUSED
    assert err.getvalue() == f"{said}{getattr(error, 'strerror', None) or error}\n"


def test_a_standard_error_that_fails_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device")))
    console.tell("said")
    assert Path(os.devnull).exists()


def test_a_reader_that_stops_early_sees_no_error() -> None:
    program = "from maturity.cli import console; console.emit('x' * 5_000_000)"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(1)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(30) == 0


@pytest.mark.parametrize(("columns", "expected"), [("10", 40), ("100", 100), ("999", 200)])
def test_the_width_stays_readable(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console.width() == expected


def test_colour_on_a_terminal_only_and_never_against_the_wish(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", stream(Terminal))
    assert (console.has_color(no_color=False), console.has_color(no_color=True)) == (True, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console.has_color(no_color=False)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys, "stdout", stream())
    assert not console.has_color(no_color=False)
