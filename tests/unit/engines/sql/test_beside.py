"""What lists of questions add to the result: severities of flags, and how much is evidenced."""

from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp
from tests.making.shipped import flagship
from tests.making.small import choice, small
from tests.making.tables import table

from maturity.engines.database import Database
from maturity.engines.sql.columns import Table
from maturity.engines.sql.query import query_for
from maturity.engines.sql.terms import name
from maturity.model.flat import flat_order

BARE = Table(exp.Table(this=name("given")), {})
LISTED = replace(BARE, marks="marks", evidence="evidence")


def keys(given: Table) -> list[str]:
    models = flagship()
    return [one.key for one in query_for(models.plan, models.bundle, given).columns]


def test_with_both_lists_the_columns_are_those_of_the_flat_form_in_its_order() -> None:
    wanted = [one for one in flat_order(flagship().bundle) if not one.startswith("divergence.")]
    assert [one for one in keys(LISTED) if one in wanted] == wanted


def test_without_the_lists_only_what_they_tell_is_left_out() -> None:
    bare = keys(BARE)
    left_out = [one for one in keys(LISTED) if one not in bare]
    severities = [f"flag.{one}.severity" for one in flagship().bundle.rubric.flags]
    assert left_out == [*severities, "coverage.evidenced"]


FLAG = {
    "name": "Flag",
    "theme": "t1",
    "severity": "critical",
    "when": {"answer": "one", "in": ["a"]},
    "means": "It matters.",
    "action": "Act.",
}


def scored(**cells: str | None) -> Mapping[str, object]:
    models = small([choice("one"), choice("two")], flags={"flag": FLAG})
    database = Database(threads=1)
    every = {"marks": "", "evidence": "", **cells}
    (found,) = database.rows(
        query_for(models.plan, models.bundle, table(database, models, [every]))
    )
    return found


def test_a_justified_flag_is_information_and_one_that_is_only_possible_stays_as_declared() -> None:
    severity = "flag.flag.severity"
    assert scored(one="a")[severity] == "critical"
    assert scored(one="a", marks="|two|")[severity] == "critical"
    assert scored(one="a", marks="|two|one|")[severity] == "info"
    assert scored(one="a/b", marks="|one|")[severity] == "critical"
    assert scored(one="b", marks="|one|")[severity] is None


def test_evidence_counts_where_there_is_an_answer() -> None:
    both = "|one|two|"
    assert scored(one="a", two="b", evidence=both)["coverage.evidenced"] == 2
    assert scored(one="a", two="unknown", evidence=both)["coverage.evidenced"] == 1
    assert scored(one="a", two="b", evidence="|one|")["coverage.evidenced"] == 1
    assert scored(one="a", two="b")["coverage.evidenced"] == 0
