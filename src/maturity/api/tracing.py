"""Why a value of a case is not what the case expects: its trace from the answer up."""

from collections.abc import Collection
from typing import Final

from maturity import __version__
from maturity.api.models import Scoring
from maturity.api.telling import words_for
from maturity.engines.cases import Ran
from maturity.engines.changes import changes
from maturity.engines.explained import keys_of
from maturity.engines.profile import profile
from maturity.engines.single import owner_of
from maturity.engines.why import why
from maturity.model.bundle import Bundle
from maturity.model.case_result import CaseFailure
from maturity.model.cases import Expectation
from maturity.model.city import Side
from maturity.model.flat import LISTS
from maturity.model.reason import Change, Reason
from maturity.model.report import ProjectReport, Report
from maturity.model.result import Model, Result

WIDTH: Final = 78
"""Of a trace in cells: set in by two below what failed, it stays within 80."""


def traces(scoring: Scoring, ran: Ran, failure: CaseFailure, language: str) -> str:
    """The explanation of what a failed expectation is of; empty where no rule decides it.

    Of a list, that of every name which is on it against the expectation, or is missing.
    """
    from maturity.render.explain import explanation

    report = _report(scoring, ran)
    words = words_for(report, language)
    [project] = report.projects
    outputs = _outputs(scoring.bundle, failure)
    return "\n".join(explanation(report, project, one, words, WIDTH) for one in outputs)


def _outputs(bundle: Bundle, failure: CaseFailure) -> list[str]:
    stage, name, *_ = failure.key.split(".")
    if stage in LISTS:
        return [f"{LISTS[stage][0]}.{one}" for one in _disputed(failure)]
    rubric = bundle.rubric
    stages: dict[str, Collection[str]] = {
        "score": rubric.scores,
        "ladder": rubric.ladders,
        "decision": rubric.decisions,
        "check": rubric.checklists,
        "flag": rubric.flags,
        "recommendation": rubric.recommendations,
    }
    return [owner_of(failure.key)] if name in stages.get(stage, ()) else []


def _disputed(failure: CaseFailure) -> list[str]:
    """The names of a list on which expectation and result differ."""
    got = set(failure.got) if isinstance(failure.got, tuple) else set()
    expected = failure.expected
    if not isinstance(expected, Expectation):
        joined = {one for one in str(expected or "").split("|") if one}
        return sorted(joined ^ got)
    wrong = set() if expected.exactly is None else set(expected.exactly) ^ got
    wrong |= (set(expected.has or ()) - got) | (set(expected.lacks or ()) & got)
    return sorted(wrong)


def _report(scoring: Scoring, ran: Ran) -> Report:
    bundle, one = scoring.bundle, ran.assessed

    def changes_of(output: str) -> tuple[Change, ...]:
        return tuple(changes(one.valuation, keys_of(bundle, output)))

    def reason_of(key: str) -> Reason:
        return why(one.valuation, key)

    project = ProjectReport(
        project=one.project,
        said=one.said,
        states=one.valuation.states,
        result=one.result,
        why=reason_of,
        changes=changes_of,
        place=_Nowhere(),
    )
    return Report(_result(scoring, ran), bundle, ran.city, (project,))


class _Nowhere:
    """An answer of a case may stand in its base: no one place is named."""

    def __call__(self, question: str, side: Side | None = None) -> str | None:
        """No place."""
        return None


def _result(scoring: Scoring, ran: Ran) -> Result:
    instrument, judgement = scoring.questionnaire, scoring.rubric
    projects = (ran.assessed.result,)
    return Result(
        tool_version=__version__,
        questionnaire=Model(
            instrument.model.id, instrument.model.version, instrument.source.digest
        ),
        rubric=Model(judgement.model.id, judgement.model.version, judgement.source.digest),
        input_path="",
        input_digest="",
        city=ran.city.city.called(),
        country=None,
        assessed=ran.city.assessed,
        illustration=False,
        projects=projects,
        profile=profile(scoring.bundle, projects),
    )
