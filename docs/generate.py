"""Writes what is derived: schemas/, docs/reference/, digests, and the marked blocks of the README.

`python docs/generate.py` writes; with `--check` nothing is written, and files that are not fresh
are named.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from maturity import api
from maturity.base.codes import Code
from maturity.i18n.catalog import LANGUAGES, as_json
from maturity.loading import shipped

ROOT: Final = Path(__file__).resolve().parents[1]
NOTE: Final = "<!-- Written by `make docs`; change what it is derived from instead. -->\n"
KINDS: Final = ("questionnaire", "rubric", "city", "cases", "registry", "columns", "result")
COMMANDS: Final = (
    "init",
    "assess",
    "report",
    "explain",
    "batch",
    "validate",
    "test",
    "diff",
    "rules",
    "schema",
    "sql",
    "list",
)
EXAMPLE: Final = ("assess", "examples/makassar.yaml")
SECTION: Final = "\n── "


def main(arguments: list[str]) -> int:
    """Write the files that are not fresh, or with `--check` give 1 where there are any.

    Each is written before the next is derived: the catalogs come first, and others speak by them.
    """
    check, stale = "--check" in arguments, False
    for path, text in generated():
        if _now(path) != text:
            stale = True
            print(f"{'not fresh' if check else 'written'}: {path}")
            if not check:
                _write(ROOT / path, text)
    if stale and check:
        print("`make docs` writes them anew.")
    return int(stale and check)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def generated() -> Iterator[tuple[str, str]]:
    """Path and text of every derived file."""
    for language in LANGUAGES:
        yield f"src/maturity/i18n/{language}.json", as_json(language)
    for kind in KINDS:
        yield f"schemas/{kind}.schema.json", api.schema(kind).rstrip("\n") + "\n"
    for name in shipped.ids("questionnaires"):
        yield f"schemas/{name}.city.schema.json", api.city_schema_of(name) + "\n"
    every = sorted(shipped.ids("questionnaires"), key=lambda name: name != shipped.usual())
    yield f"schemas/{'+'.join(every)}.city.schema.json", api.city_schema_of(*every) + "\n"
    yield "src/maturity/loading/vouched.txt", api.vouched()
    yield "docs/reference/command-line.md", _command_line()
    yield "docs/reference/diagnostics.md", _diagnostics()
    yield "README.md", _with_blocks(_now("README.md") or "")


def _now(path: str) -> str | None:
    target = ROOT / path
    return target.read_text(encoding="utf-8") if target.exists() else None


def _command_line() -> str:
    pages = [f"# The command line\n\n{NOTE}", _fenced(_told("--help"))]
    pages += [f"## maturity {name}\n\n{_fenced(_told(name, '--help'))}" for name in COMMANDS]
    return "\n".join(pages)


def _diagnostics() -> str:
    intro = (
        "Every finding has a code that never changes. `maturity rules CODE` tells the same in the "
        "terminal, with `--lang zh-Hant` in Traditional Chinese.\n"
    )
    pages = [f"# Diagnostics\n\n{NOTE}\n{intro}"]
    pages += [f"## {code}\n\n{_fenced(api.rules(code.number, 'en'))}" for code in Code]
    return "\n".join(pages)


BLOCKS: Final[dict[str, Callable[[], str]]] = {
    "help": lambda: _fenced(_told("--help"), "console", "$ maturity --help\n"),
    "sample": lambda: _fenced(_sample(), "console", f"$ maturity {' '.join(EXAMPLE)}\n"),
}
"""What stands in the README between `<!-- begin NAME -->` and `<!-- end NAME -->`."""


def _with_blocks(text: str) -> str:
    for name, block in BLOCKS.items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}{block()}{end}{after}"
    return text


def _sample() -> str:
    """The head of an assessment: what comes before its fourth section."""
    head = _told(*EXAMPLE).split(SECTION)[:4]
    return SECTION.join(head) + "\n[…]"


def _fenced(text: str, language: str = "text", head: str = "") -> str:
    lines = "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
    return f"```{language}\n{head}{lines}\n```\n"


def _told(*arguments: str) -> str:
    """What the program writes to standard output, 80 columns wide and without colour."""
    code = "import sys; sys.argv[0] = 'maturity'; from maturity.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
