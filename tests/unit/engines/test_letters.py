"""Words as letters: Python and DuckDB write the same text, and read from it what was there."""

from random import Random

import duckdb
import pytest
from sqlglot import exp

from maturity.api.models import Models
from maturity.engines.sets.letters import LETTERS, Letters, lettered, unlettered
from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.outputs import outputs_of
from maturity.engines.sql.terms import column
from maturity.loading import shipped
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, JUSTIFIED, flat_order
from maturity.model.result import Severity

RUBRICS = shipped.ids("rubrics")

Row = dict[str, str | None]


@pytest.fixture(params=RUBRICS)
def bundle(request: pytest.FixtureRequest) -> Bundle:
    return Models().scoring(request.param).bundle


def drawn(bundle: Bundle, random: Random) -> Row:
    """Any words that can stand under the keys that have letters."""
    letters, outputs = Letters(bundle), outputs_of(bundle)
    row: Row = {}
    for key in flat_order(bundle):
        if key in letters and not key.endswith(".severity"):
            row[key] = random.choice(outputs[key].vocabulary)
    for name, flag in bundle.rubric.flags.items():
        severity = random.choice((flag.severity, JUSTIFIED))
        row[f"flag.{name}.severity"] = severity if row[f"flag.{name}"] != ABSENT else None
    return row


def in_duckdb(rows: list[Row], terms_: list[exp.Expr]) -> list[tuple[object, ...]]:
    """The values of some terms in each row."""
    database = duckdb.connect()
    names = list(rows[0])
    named = ", ".join(f"unnest(${n})::VARCHAR AS {quoted(one)}" for n, one in enumerate(names, 1))
    database.execute(f"CREATE TABLE t AS SELECT {named}", [[r[one] for r in rows] for one in names])
    select = exp.Select(expressions=terms_)
    select.set("from_", exp.From(this=exp.Table(this=terms.name("t"))))
    return database.execute(select.sql(dialect="duckdb")).fetchall()


def quoted(name: str) -> str:
    return terms.name(name).sql(dialect="duckdb")


def test_both_write_the_same_text(bundle: Bundle) -> None:
    letters, random = Letters(bundle), Random(1)
    rows = [drawn(bundle, random) for _ in range(20)]
    found = in_duckdb(rows, [letters.written(set(rows[0]), column)])
    assert [one for (one,) in found] == [letters.of(row) for row in rows]
    assert {len(letters.of(row)) for row in rows} == {len(letters)}


def test_what_is_read_is_what_was_written(bundle: Bundle) -> None:
    letters, random = Letters(bundle), Random(2)
    rows = [drawn(bundle, random) for _ in range(20)]
    keys = list(rows[0])
    texts: list[Row] = [{LETTERS: letters.of(row)} for row in rows]
    found = in_duckdb(texts, [letters.read(Column(key, key, "word")) for key in keys])
    assert [dict(zip(keys, one, strict=True)) for one in found] == rows


def test_of_what_no_column_tells_nobody_could_say_anything(bundle: Bundle) -> None:
    letters = Letters(bundle)
    row = drawn(bundle, Random(4))
    without = {key: word for key, word in row.items() if not key.startswith("divergence.")}
    ((found,),) = in_duckdb([without], [letters.written(set(without), column)])
    absent: Row = {key: ABSENT for key in row if key.startswith("divergence.")}
    assert found == letters.of(without | absent)


def test_words_under_one_key_begin_differently(bundle: Bundle) -> None:
    letters, outputs = Letters(bundle), outputs_of(bundle)
    for key in filter(letters.__contains__, flat_order(bundle)):
        words = outputs[key].vocabulary
        assert len({word[0] for word in words}) == len(words)


def test_flags_of_a_severity_stand_together(bundle: Bundle) -> None:
    letters = Letters(bundle)
    severities: tuple[Severity, ...] = ("critical", "warning", "info")
    for severity in severities:
        wanted = {
            letters.place(f"flag.{name}")
            for name, flag in bundle.rubric.flags.items()
            if flag.severity == severity
        }
        assert set(range(len(letters))[letters.flags_of(severity)]) == wanted
    flags = range(len(letters))[letters.of_stage("flag")]
    assert set(flags) == {letters.place(f"flag.{name}") for name in bundle.rubric.flags}


def test_lettered_results_have_all_their_columns(bundle: Bundle) -> None:
    letters = Letters(bundle)
    columns = [Column(key, key, *outputs_of(bundle)[key]) for key in flat_order(bundle)]
    fewer = lettered(columns, letters)
    assert fewer[-1].name == LETTERS
    assert {one.name for one in columns if one.key not in letters} == {
        one.name for one in fewer[:-1]
    }
    wide = unlettered(exp.Table(this=terms.name("t")), columns, letters)
    assert [one.alias_or_name for one in wide.this.expressions] == [one.name for one in columns]
