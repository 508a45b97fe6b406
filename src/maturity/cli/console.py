"""Standard output and error: results to the one, messages to the other."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from maturity.base.diagnostics import Diagnostic
from maturity.cli.exits import Exit


class _Speech:
    """The language of messages: that of `--lang` once a command knows it."""

    language = "en"


def speak(language: str) -> None:
    """Tell messages from now on in this language."""
    _Speech.language = language


def say(key: str, **parameters: object) -> str:
    """A sentence of the catalog in the language of messages."""
    from maturity.i18n.catalog import catalog

    return catalog(_Speech.language).say(key, **parameters)


def emit(text: str) -> None:
    """Write a result to standard output; a closed pipe ends the program quietly."""
    _speak_utf8(sys.stdout)
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        raise SystemExit(0) from None
    except (OSError, ValueError) as error:
        _silence(sys.stdout)
        why = getattr(error, "strerror", None) or error
        tell(say("usage.no-output", why=why))
        raise SystemExit(Exit.REFUSED) from None


def tell(message: str) -> None:
    """Write a message to standard error."""
    _speak_utf8(sys.stderr)
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _silence(sys.stderr)


def tell_all(diagnostics: Iterable[Diagnostic]) -> None:
    """Write diagnostics to standard error, each with its hint."""
    found = list(diagnostics)
    if found:  # what tells them takes a moment to import
        from maturity.render.findings.told import all_told

        for told in all_told(found, _Speech.language):
            tell(told)


def width() -> int:
    """The width of the terminal in cells; 80 where there is none, and 40 to 200 in all."""
    return max(40, min(200, shutil.get_terminal_size((80, 24)).columns))


def has_color(no_color: bool) -> bool:
    """Whether to use colour: on a terminal only, and never against NO_COLOR."""
    return not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def _silence(stream: TextIO) -> None:
    """Nothing more can be said there: what is left in the buffer must not fail at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8(stream: TextIO) -> None:
    """A pipe or a file gets UTF-8 wherever it runs; a terminal gets what it can show."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if stream.isatty():
        reconfigure(errors="replace")
    else:
        reconfigure(encoding="utf-8", errors="replace")
