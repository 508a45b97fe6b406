"""What holds of every source file, whoever writes it."""

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest
from tests.architecture.source import PACKAGE, ROOT, functions, names_used, trees

LONGEST_FILE: Final = 300  # lines
LONGEST_FUNCTION: Final = 45  # lines

CLOCK: Final = re.compile(r"\.(today|now|utcnow|fromtimestamp)$|^time\.")
SPEAKING: Final = re.compile(r"^(print|exit|quit|sys\.(exit|stdout|stderr|stdin|argv))$")
LEFT_OVER: Final = re.compile(
    "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error", "no " + "cover"))
    + r"|mark\."
    + r"(skip|xfail)\b"
)


@pytest.mark.parametrize("file", trees())
def test_files_are_short(file: str) -> None:
    lines = (PACKAGE / file).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE


@pytest.mark.parametrize("file", trees())
def test_functions_are_short(file: str) -> None:
    found = {one.name: (one.end_lineno or 0) - one.lineno for one in functions(trees()[file])}
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("file", [file for file in trees() if not file.startswith("cli/")])
def test_only_the_command_line_prints_exits_or_reads_the_clock(file: str) -> None:
    used = list(names_used(trees()[file]))
    assert [one for one in used if CLOCK.search(one[1]) or SPEAKING.search(one[1])] == []


@pytest.mark.parametrize("file", [file for file in trees() if not file.startswith("loading/")])
def test_nothing_is_of_any_type(file: str) -> None:
    """But for what is read from outside, and for hooks whose types pydantic and Python lay down."""
    allowed = {id(node) for hook in _hooks(trees()[file]) for node in ast.walk(hook)}
    found = [
        node.lineno
        for node in ast.walk(trees()[file])
        if isinstance(node, ast.Name) and node.id == "Any" and id(node) not in allowed
    ]
    assert found == []


def _hooks(tree: ast.Module) -> Iterator[ast.AST]:
    """Functions that pydantic calls, and a module's `__getattr__`."""
    for function in functions(tree):
        if function.name.startswith("__get"):
            yield function


@pytest.mark.parametrize("folder", ["src", "tests", "docs", ".ci"])
def test_nothing_is_left_over(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".md", ".yaml", ".sh", ".j2", ".json"}
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if LEFT_OVER.search(line)
    ]
    assert found == []
