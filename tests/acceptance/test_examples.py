"""The examples: the nine real cases come out as the facts have it, the made-up ones as meant."""

from functools import cache
from pathlib import Path
from typing import Final, TypedDict

import pytest
import yaml

from maturity.api.assessing import assess
from maturity.loading.models import Source, fetch
from maturity.model.flat import flat
from maturity.model.report import ProjectReport, Report
from maturity.plan import plan_for

ROOT: Final = Path(__file__).resolve().parents[2]
EXAMPLES: Final = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
OPEN: Final = ("open", "partly", "unknown")
LARGEST: Final = 1_048_576


class Wanted(TypedDict):
    """What one real case must come out as."""

    accept: list[str]
    never: list[str]
    red_flags: dict[str, list[str]]


WANTED: Final[dict[str, Wanted]] = yaml.safe_load(
    (Path(__file__).parent / "examples.yaml").read_text("utf-8")
)


@cache
def assessed(name: str) -> Report:
    source = fetch(ROOT / "examples" / f"{name}.yaml")
    assert isinstance(source, Source)
    return assess(source)


def shows(project: ProjectReport, report: Report, where: str) -> bool:
    """Whether a red flag shows at a place: a flag, a checklist item, or a named unknown."""
    kind, name = where.split(".", 1)
    if kind == "question":
        said = project.said.get(name)
        return said is not None and all(one.answer == "unknown" for _, one in said.used())
    status = flat(project.result, report.bundle)[where]
    return status in OPEN if kind == "check" else status in {"raised", "watched"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_assessed_and_small_enough(name: str) -> None:
    assert assessed(name).projects
    assert (ROOT / "examples" / f"{name}.yaml").stat().st_size < LARGEST


@pytest.mark.parametrize("name", WANTED)
def test_operating_tier_is_one_that_the_facts_allow(name: str) -> None:
    for project in assessed(name).projects:
        ladder = project.result.ladder("operating")
        assert ladder is not None
        reached = {ladder.confirmed, ladder.possible}
        assert reached & set(WANTED[name]["accept"])
        assert not reached & set(WANTED[name]["never"])


@pytest.mark.parametrize("name", WANTED)
def test_four_of_five_red_flags_show(name: str) -> None:
    report = assessed(name)
    red_flags = WANTED[name]["red_flags"]
    missed = [
        told
        for told, places in red_flags.items()
        if not any(shows(one, report, where) for one in report.projects for where in places)
    ]
    assert len(missed) <= 0.2 * len(red_flags), missed


@pytest.mark.parametrize("name", WANTED)
def test_real_cases_cite_a_source_or_say_that_it_is_unknown(name: str) -> None:
    city = assessed(name).city
    for project in city.projects:
        for question, answer in project.answers.items():
            assert answer.answer == "unknown" or answer.evidence, question
            for one in answer.evidence:
                assert one.source is not None
                assert one.source.plain in city.sources, question


@pytest.mark.parametrize("name", WANTED)
def test_nothing_is_raised_on_facts_that_are_all_unknown(name: str) -> None:
    report = assessed(name)
    plan = plan_for(report.bundle)
    for project in report.projects:
        known = {question for question, state in project.states.items() if state.answered}
        for flag in project.result.flags:
            behind = plan.questions_behind(f"flag.{flag.id}")
            assert flag.status != "raised" or known & set(behind), flag.id


def test_without_answers_nothing_is_certain() -> None:
    [project] = assessed("all-unknown").projects
    operating, verdict = project.result.ladder("operating"), project.result.decision("verdict")
    assert operating is not None
    assert operating.confirmed is None
    assert verdict is not None
    assert verdict.confirmed is None
    assert all(flag.status == "possible" for flag in project.result.flags)
    assert project.result.coverage.answered == 0


def test_the_same_lights_come_out_by_their_relation_not_by_the_asset() -> None:
    report = assessed("street-lights")
    assert len({one.project.name for one in report.projects}) == 1
    assert len({str(one.project.answers["base-service"].answer) for one in report.projects}) == 1
    assert len({_tiers(one) for one in report.projects}) >= 3


def test_the_illustration_is_complete_and_its_verdicts_differ() -> None:
    report = assessed("illustration")
    verdicts = {_verdict(one) for one in report.projects}
    assert verdicts == {"under-used", "over-extended", "held-back", "aligned"}
    for project in report.projects:
        coverage = project.result.coverage
        assert coverage.asked == coverage.answered == coverage.evidenced
        assert len(project.result.divergences) >= 3
    assert any(flag.justified_by for one in report.projects for flag in one.result.flags)


def _tiers(project: ProjectReport) -> tuple[str | None, ...]:
    return tuple(ladder.confirmed for ladder in project.result.ladders)


def _verdict(project: ProjectReport) -> str | None:
    verdict = project.result.decision("verdict")
    return verdict.confirmed if verdict else None
