"""Suggested column maps can be used as they are, whatever the table holds."""

import json
from pathlib import Path
from random import Random
from typing import Final

import pytest
import yaml
from pyarrow import parquet
from pyarrow import table as arrow
from tests.making.rows import DAY, write_csv

from maturity.api.models import Models
from maturity.api.portfolio.context import Context
from maturity.api.portfolio.request import Request
from maturity.api.portfolio.running import context_of
from maturity.api.portfolio.scoring import outcome_of
from maturity.api.portfolio.suggesting import suggested_columns
from maturity.api.portfolio.units import units_of

READ_ONCE: Final = Models()

FACTS: Final = ("city", "City", "project", "Projekt", "domain", "Weight", "name", "城市")
QUESTIONS: Final = (
    "stage",
    "Stage",
    "private.stage",
    "government.stage",
    "legal_form",
    "data-owner",
)
OTHERS: Final = (
    "note",
    "",
    "12",
    "😀 stage",
    "sta\x7fge",
    "st\ud83dage",
    "no: yes",
    "#",
    '"',
    "null",
)
VALUES: Final = (
    *(
        "",
        "service",
        "Services",
        "In service",
        "pilot",
        "k.A.",
        "unknown",
        "n/a",
        "?!",
        "+",
        "營運",
    ),
    *("not-applicable", "😀 service", "ser\u2028vice", "pilot/service", "x: y", "# none", "x" * 90),
)


@pytest.fixture(autouse=True)
def models_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of one process share what they have read of models, which is most of their time."""
    for module in ("context", "running", "suggesting"):
        monkeypatch.setattr(f"maturity.api.portfolio.{module}.Models", lambda: READ_ONCE)


def suggested(table: Path) -> str:
    """The map that is suggested for a table; it is there beside it, too."""
    text = suggested_columns(table, None, None, None)
    table.with_suffix(".map.yaml").write_text(text, encoding="utf-8")
    return text


def used(table: Path) -> Context:
    """A run of the table by the map that was suggested for it."""
    columns = table.with_suffix(".map.yaml")
    context = context_of(Request((str(table),), DAY, columns=columns), table.parent)
    assert list(units_of([str(table)], context, None))
    return context


def made_table(folder: Path, seed: int) -> Path:
    """A table of some headers and values, in some form."""
    chance = Random(seed)
    headers = [*chance.sample(FACTS, 4), *chance.sample(QUESTIONS, 3), *chance.sample(OTHERS, 3)]
    pool = chance.sample(VALUES, chance.choice((1, 2, 6)))
    rows = [{one: chance.choice(pool) for one in headers} for _ in range(chance.randrange(5))]
    if chance.random() < 0.5:
        path = folder / f"{seed}.jsonl"
        lines = map(json.dumps, rows or [dict.fromkeys(headers, "")])
        path.write_text("\n".join(lines), encoding="utf-8")
        return path
    seen = [one.replace("\ud83d", "?") for one in headers]
    written = [dict(zip(seen, row.values(), strict=True)) for row in rows]
    return write_csv(folder / f"{seed}.csv", written or [dict.fromkeys(seen, "")])


@pytest.mark.parametrize("seed", range(40))
def test_every_suggestion_can_be_used_at_once(seed: int, tmp_path: Path) -> None:
    table = made_table(tmp_path, seed)
    suggested(table)
    used(table)


ROW: Final = {"city": "Tainan", "project": "p1", "domain": "health", "stage": "service"}


def test_a_table_of_nothing_foreign_needs_no_values(tmp_path: Path) -> None:
    for table in (
        write_csv(tmp_path / "a.csv", [ROW]),
        write_csv(tmp_path / "b.csv", [dict.fromkeys(ROW, "")]),
        tmp_path / "c.parquet",
        tmp_path / "d.jsonl",
    ):
        match table.suffix:
            case ".parquet":
                parquet.write_table(arrow({name: [text] for name, text in ROW.items()}), table)
            case ".jsonl":
                table.write_text(json.dumps(ROW), encoding="utf-8")
        assert suggested(table).endswith("\n# values:\n")
        assert used(table).columns.columns == {name: name for name in ROW}


def test_what_was_not_guessed_can_be_completed_by_hand(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", [{**ROW, "stage": "k.A.", "Phase?": "x"}])
    text = suggested(table)
    assert '\n# values:\n  # stage:\n    # "k.A.": unknown\n' in text
    assert used(table).columns.values == {}
    completed = text.replace("# values:", "values:").replace("# stage:", "stage:")
    completed = completed.replace('# "k.A.": unknown', '"k.A.": unknown')
    assert yaml.safe_load(completed)["values"] == {"stage": {"k.A.": "unknown"}}


def test_a_map_of_nothing_guessed_can_be_used(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", [{"Betrag": "1", "Datum": "2"}])
    assert '\n# columns:\n  # "Betrag": carried as it is\n' in suggested(table)
    assert used(table).columns.columns == {}


def test_headers_and_values_are_written_as_they_are_read(tmp_path: Path) -> None:
    row = {"城市": "臺南", "😀 stage": "ser\u2028vice", "Legal\x7fform": "purchase"}
    table = write_csv(tmp_path / "t.csv", [row])
    text = suggested(table)
    assert '# "城市": carried' in text
    assert used(table).columns.columns == {"😀 stage": "stage", "Legal\ufffdform": "legal-form"}
    assert used(table).columns.values == {"stage": {"ser\u2028vice": "service"}}


def test_values_of_one_side_are_used_as_they_are_suggested(tmp_path: Path) -> None:
    row = {**ROW, "stage": "service", "private.stage": "Services", "government.stage": "Pilots"}
    table = write_csv(tmp_path / "t.csv", [row])
    suggested(table)
    context = used(table)
    (unit,) = units_of([str(table)], context, None)
    assert outcome_of(unit, context).failed == ()
