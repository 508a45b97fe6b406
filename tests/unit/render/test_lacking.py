"""What the next level lacks: only answers whose change could help, and why they fail it."""

import pytest
from tests.making.reports import CITY, scored, words_of

from maturity.model.report import Report
from maturity.render.markdown.summary import step_rows
from maturity.render.markdown.voice import Voice
from maturity.render.terminal import terminal

RUBRIC = """
format: maturity/rubric@1
id: levels
version: "1.0.0"
name: Levels
questionnaire: {id: small, versions: ">=1.0"}
unanswered: least
point_sets: {practice: {full: 5, part: 3, none: 1}}
conditions:
  brief: {name: it is brief, when: {answer: years, below: 10}}
  wet: {name: it is wet, when: {answer: kind, in: [joint]}}
  open-ended: {name: it is open, when: {at_least: 2, of: [{condition: wet}, {condition: brief},
    {answer: drill, in: [full]}]}}
  never: {name: it never is, when: false}
  dry: {name: it is dry, when: false}
  always: {name: it always is, when: true}
scores:
  solid: {name: Solid, scale: [0, 15], method: sum, items: [
    {question: kind, points: {lone: 0, joint: 10}}, {question: risk.flood, points: practice}]}
  drought: {name: Drought, scale: [1, 5], method: least, items: [
    {question: risk.drought, points: practice}, {question: risk.flood, points: practice}]}
  total: {name: In all, method: geometric, digits: 1, items: [{score: solid}, {score: drought},
    {when: {answer: kind, in: [lone]}, yes: 50, no: 0}]}
  best: {name: Best, method: most, items: [{question: years}, {question: plan, points: practice}]}
  rare: {name: Rare, not_applicable: exclude, items: [{question: drill, points: practice}]}
  done: {name: Done, scale: [0, 5], items: [{question: risk.flood, points: practice}]}
ladders:
  riches: {name: Riches, none: Poor, levels: [
    {id: R1, name: Rich, when: {score: total, at_least: 90}}]}
  depth: {name: Depth, none: Dry, levels: [{id: D1, name: Deep, when: WHEN}]}
summary: {columns: [depth]}
"""

HELD_BACK = "In all: 0 (needed: at least 90; held back by A1 Together)"


def reported(when: str) -> Report:
    """A report on a project whose first level has this condition, which fails."""
    return scored(RUBRIC.replace("WHEN", when), CITY.split("  - id: well", maxsplit=1)[0])


def lacked(when: str) -> str:
    """What the first level lacks in the report."""
    report = reported(when)
    [step] = step_rows(Voice(words_of(report), report.projects[0]))
    return " | ".join(step.unmet)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{answer: kind, in: [lone]}", "A1 Together (needed: Alone)"),
        ("{not: {answer: kind, in: [joint]}}", "A1 Together (needed: other than Together)"),
        ("{not: {condition: wet}}", "not “it is wet” (A1 Together)"),
        ("{not: true}", "must not be so: "),
        ("{condition: never}", "it never is"),
        (
            "{not: {all: [{answer: kind, in: [joint]}, {answer: years, at_most: 9}]}}",
            "must not be so: A1 Together; A5 5 years",
        ),
        ("{answer: years, at_least: 10}", "A5 5 years (needed: at least 10)"),
        ("{not: {condition: brief}}", "not “it is brief” (A5 5 years)"),
        (
            "{answer: means, lacks: [pipes]}",
            "A4 surely Pipes; the rest is open (needed: none of Pipes)",
        ),
        ("{not: {condition: always}}", "not “it always is”"),
        ("{not: {condition: open-ended}}", "not “it is open” (A1 Together; A5 5 years)"),
        (
            "{share: {rows_of: risk}, in: [none], at_least: 0.5}",
            "A6 Fully; A7 Fully; or Partly, or so (needed in all: at least 0.5)",
        ),
        (
            "{any: [{condition: dry}, {all: [{answer: years, above: 9}, {condition: never}]}]}",
            "one of these is needed: it is dry; or A5 5 years (needed: above 9); and it never is",
        ),
        (
            "{at_least: 3, of: [{condition: wet}, {condition: never}, {condition: dry}]}",
            "3 of 3 are needed, 1 is surely so; missing or open: it never is; it is dry",
        ),
    ],
)
def test_a_condition_is_told_with_what_is_needed(when: str, told: str) -> None:
    assert lacked(when).startswith(told)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        # The best answer there is (kind) is not named, though it counts in the score.
        ("{score: solid, at_least: 16}", "Solid: 15 (needed: at least 16)"),
        ("{score: drought, above: 5}", "Drought: 3–5 (needed: above 5)"),
        ("{score: total, at_least: 90}", HELD_BACK),
        ("{ladder: riches, at_least: R1}", f"Riches: R1 Rich ({HELD_BACK})"),
        ("{score: best, below: 2}", "Best: 5 (needed: below 2; held back by A5 5 years)"),
        ("{score: rare, at_least: 2}", "Rare: does not apply (needed: at least 2)"),
    ],
)
def test_a_score_that_falls_short_is_told_with_its_weakest_items(when: str, told: str) -> None:
    assert lacked(when) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Riches: R1 Rich (In all: 0 (needed: at least 90; held back by kind: Together))"),
        ("zh-Hant", "Riches：R1 Rich（In all：0（須不小於 90；主要受限於：kind：Together））"),
    ],
)
def test_the_terminal_names_questions_by_their_ids(language: str, told: str) -> None:
    report = reported("{ladder: riches, at_least: R1}")
    shown = terminal(report, words_of(report, language), 120, color=False)
    assert told.replace(" ", "") in "".join(shown.split())
