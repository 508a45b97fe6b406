"""A table with every nastiness that tables of this world have, and the same in other formats."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import pyarrow as pa
from pyarrow import parquet
from tests.making.rows import rows_of, tellable
from tests.making.shipped import EXAMPLES, example, flagship
from xlsxwriter import Workbook

from maturity.render.results.xlsx import is_number

Row = Mapping[str, str]

ACTIVE: Final = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd",
    "@SUM(1+1)",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "\uff1d1+1",
    "-",
)
"""Texts that some spreadsheet would run."""

CARRIED: Final = (
    *(("note", text) for text in ACTIVE),
    ("note", "long, " * 666 + "end"),
    ("note", "two\r\nlines; a\ttab, a \"quote\" and 'another'"),
    ("note", '"quoted from end to end"'),
    ("note", 'a quote of 5" in between'),
    ("note", "公私協力「合作」，第二期"),
    ("note", "caf\u00e9 \u200e\U0001f6a6 \u0e01\u0e23\u0e38\u0e07"),
    ("note", "&amp; &lt;b&gt; &#39;x&#39;"),
    ("12", "-12.96"),
    ("12", "405"),
    ("12", "121.5654"),
    ("lot", "007"),
    ("lot", "1.50"),
    ("lot", "12345678901234567890"),
    ("lot", "1e5"),
)
"""What stands in columns that are not read, and has to come out as it came in."""

HARMLESS: Final = (
    ("name", "R&amp;D &#39;tram&#39;"),
    ("name", "<script>|![](http://x)"),
    ("name", "=name"),
    ("name", "the same name"),
    ("stage", " service "),
    ("stage", "\u00a0service\u200b"),
    ("stage", "\ufeffservice"),
    ("stage", "unknown"),
    ("term-years", "12.0"),
    ("term-years", "5..10"),
    ("weight", "0.5"),
    ("weight", "1e0"),
)
"""What looks odd and is read."""

SPOILERS: Final = (
    ("stage", "nonsense"),
    ("stage", "=service"),
    ("stage", "#N/A"),
    ("stage", "TRUE"),
    ("stage", "n/a"),
    ("stage", "\uff53\uff45\uff52\uff56\uff49\uff43\uff45"),
    ("stage", "x" * 4_000),
    ("term-years", "twelve"),
    ("term-years", "-5"),
    ("term-years", "1,234"),
    ("term-years", "12,5"),
    ("term-years", "1e400"),
    ("term-years", "\uff11\uff12"),
    ("term-years", "NaN"),
    ("term-years", "2026-11-01"),
    ("project", ""),
    ("project", " \u00a0\u200b "),
    ("city", ""),
    ("domain", "not an id!"),
    ("weight", "-1"),
    ("weight", "heavy"),
    ("award-route", "open|open"),
    ("income-sources", "users||advertisers"),
)
"""What makes a row an error."""


class Nasty(NamedTuple):
    """`rows` with all headers each, and the numbers of those (from 0) that cannot be scored."""

    rows: tuple[Row, ...]
    bad: frozenset[int]


def nasty(count: int, seed: int = 20261101) -> Nasty:
    """Rows for the shipped questionnaire; each nastiness comes up among the first ones."""
    chance, shapes = Random(seed), flagship().plan.shapes
    plain = [row for name in EXAMPLES for row in rows_of(tellable(example(name)), shapes)]
    headers = list(dict.fromkeys([name for row in plain for name in row]))
    headers += ["note", "12", "", "lot", "empty", "note"[::-1] + " &amp; more"]
    rows: list[Row] = []
    bad: set[int] = set()
    for number in range(count):
        good = number - len(bad)
        row = dict.fromkeys(headers, "") | chance.choice(plain) | {"project": f"p{number}"}
        row |= [_nth(CARRIED, good, chance)]
        row |= [_nth(HARMLESS, good, chance)]
        row["12"] = row["12"] or "-0.5"
        if number % 5 == 0:
            row |= [_nth(SPOILERS, number // 5, chance)]
            bad.add(number)
        rows.append(row)
    return Nasty(tuple(rows), frozenset(bad))


def reduced(rows: Sequence[Row], encoding: str) -> list[Row]:
    """Rows without the characters that an encoding does not have."""
    return [
        {name: text.encode(encoding, "ignore").decode(encoding) for name, text in row.items()}
        for row in rows
    ]


def write_csv(path: Path, rows: Sequence[Row], encoding: str, separator: str = ",") -> None:
    """As a spreadsheet writes it, with CR and LF between rows."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)


def write_jsonl(path: Path, rows: Sequence[Row]) -> None:
    """Numbers as numbers, nothing as null."""
    told = [{name: _typed(text) for name, text in row.items()} for row in rows]
    lines = [json.dumps(row, ensure_ascii=len(row) % 2 == 0) for row in told]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def write_parquet(path: Path, rows: Sequence[Row]) -> None:
    """Columns of numbers as numbers, half of the others as dictionaries."""
    columns: dict[str, Any] = {}
    for place, name in enumerate(rows[0]):
        values = [_typed(row[name]) for row in rows]
        if any(isinstance(one, str) for one in values):
            texts = pa.array([row[name] or None for row in rows], pa.string())
            columns[name] = texts.dictionary_encode() if place % 2 else texts
        else:
            columns[name] = pa.array(values, pa.float64())
    parquet.write_table(pa.table(columns), path, row_group_size=37)


def write_xlsx(path: Path, rows: Sequence[Row]) -> None:
    """With a hidden sheet before, and rows and columns of nothing but format behind."""
    book = Workbook(str(path))
    book.add_worksheet("lists").hide()
    sheet = book.add_worksheet("projects")
    sheet.activate()
    sheet.set_first_sheet()
    for number, cells in enumerate([list(rows[0]), *([*row.values()] for row in rows)]):
        for column, text in enumerate(cells):
            if text and is_number(text):
                sheet.write_number(number, column, float(text))
            elif text:
                sheet.write_string(number, column, text)
    bold = book.add_format({"bold": True})
    for beyond in range(20):
        sheet.write_blank(len(rows) + 1 + beyond, len(rows[0]) + beyond, None, bold)
    book.close()


FORMS: Final[dict[str, Callable[[Path, Sequence[Row]], None]]] = {
    "utf-16.csv": lambda path, rows: write_csv(path, rows, "utf-16"),
    "lines.jsonl": write_jsonl,
    "columns.parquet": write_parquet,
    "sheet.xlsx": write_xlsx,
}
"""The same table by the name of a file."""


def _typed(text: str) -> str | float | None:
    if not text:
        return None
    return float(text) if is_number(text) else text


def _nth(listed: Sequence[tuple[str, str]], number: int, chance: Random) -> tuple[str, str]:
    """Each in turn, then any."""
    return listed[number] if number < len(listed) else chance.choice(listed)
