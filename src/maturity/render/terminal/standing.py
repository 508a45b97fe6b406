"""Where a project stands: its head, what is sure, the verdict, the tiers seen side by side."""

from collections.abc import Iterator

from maturity.model.report import Report
from maturity.model.result import DecisionResult, LadderResult, Severity
from maturity.render.context import with_country
from maturity.render.terminal.canvas import Ink, Line, Piece, Row, bullet, heading, paragraph, table
from maturity.render.terminal.view import SEVERITIES, View

_FEW = 2
"""So many possible rows are explained; more are only named."""

_SEVERAL = 4
"""So many scores are named; more are only counted."""


def head(view: View, report: Report) -> Iterator[Line]:
    """City, project, domain, subject, date, and the label of an illustration."""
    words, project, width = view.words, view.report.project, view.width
    yield from heading(words.text(project.name), width, "══")
    facts = [
        with_country(report, words),
        words.domain(project.domain),
        view.say("assessed", date=report.result.assessed.isoformat()),
        view.say("project-id", id=project.id),
    ]
    yield from paragraph(" · ".join(facts), width, "strong", margin=1)
    if report.result.illustration:
        yield from paragraph(view.say("illustration"), width, "warn", margin=1)
    if project.subject is not None:
        yield from paragraph(words.text(project.subject), width, margin=1)


def standing(view: View) -> Iterator[Line]:
    """The verdict first where it is settled; else what is sure comes before it."""
    verdict = view.verdict()
    if verdict is not None and verdict.settled:
        yield from _verdict(view, verdict)
        yield from _columns(view)
        yield from _surely(view)
        return
    yield from _surely(view)
    if verdict is not None:
        yield from _verdict(view, verdict)
    yield from _columns(view)


def _verdict(view: View, verdict: DecisionResult) -> Iterator[Line]:
    yield from heading(view.name(verdict), view.width)
    if verdict.confirmed is not None:
        yield from _row(view, verdict.id, verdict.confirmed)
        return
    if verdict.settled:
        yield from paragraph(view.words.rows(verdict, ""), view.width, "strong", margin=1)
        return
    every = len(view.bundle.rubric.decisions[verdict.id].outcomes())
    said = view.say("verdict-open", count=len(verdict.possible), every=every)
    yield from paragraph(said, view.width, "strong", margin=1)
    if len(verdict.possible) > _FEW:
        rows = (view.words.outcome(verdict.id, row) for row in verdict.possible)
        yield from paragraph(view.listed(rows), view.width, margin=1)
        return
    for row in verdict.possible:
        yield from _row(view, verdict.id, row)


def _row(view: View, decision: str, outcome: str) -> Iterator[Line]:
    ink: Ink = view.row(decision, outcome).tone
    means = view.words.means(decision, outcome)
    yield from paragraph(view.words.outcome(decision, outcome), view.width, ink, margin=1)
    if means:
        yield from paragraph(means, view.width, margin=3)


def _columns(view: View) -> Iterator[Line]:
    summary = view.bundle.rubric.summary
    names = (*summary.columns, *summary.also)
    found = [one for one in map(view.standing, names) if one is not None]
    if not found:
        return
    yield from heading(view.say("standing"), view.width)
    titles = ("", view.say("confirmed"), view.say("still-possible"))
    yield from table(titles, [_column_row(view, one) for one in found], view.width)
    for name in summary.also:
        decided = view.result.decision(name)
        if decided is not None and decided.confirmed is not None and name != summary.verdict:
            outcome = view.words.outcome(name, decided.confirmed)
            means = view.words.means(name, decided.confirmed)
            told = view.say("is", name=outcome, value=means) if means else outcome
            yield from bullet("-", told, view.width)


def _column_row(view: View, one: LadderResult | DecisionResult) -> Row:
    words = view.words
    if isinstance(one, LadderResult):
        settled = one.settled
        is_none_yet = one.confirmed is None and not settled
        confirmed = view.say("none-yet") if is_none_yet else words.step(one.id, one.confirmed)
        possible = view.say("up-to", level=words.step(one.id, one.possible))
    else:
        settled = one.settled
        confirmed = words.rows(one, "") if settled else words.say("common.undetermined")
        possible = _alternatives(view, one)
    rest = Piece(view.say("settled"), "faint") if settled else Piece(possible)
    return (Piece(view.name(one), "strong"), Piece(confirmed), rest)


def _alternatives(view: View, one: DecisionResult) -> str:
    every = len(view.bundle.rubric.decisions[one.id].outcomes())
    if len(one.possible) == every and every > 2:  # noqa: PLR2004
        return view.say("any", count=every)
    return view.listed(view.words.step(one.id, row) for row in one.possible)


def _surely(view: View) -> Iterator[Line]:
    """Levels and rows only where the verdict is open: else the box above tells them."""
    yield from heading(view.say("surely"), view.width)
    verdict = view.verdict()
    told = verdict is not None and verdict.settled
    facts = [] if told else [*_sure_standings(view)]
    facts += [*_sure_checks(view), *_sure_flags(view), *_sure_scores(view)]
    if not facts:
        covered = view.result.coverage
        key = "nothing-more" if told else "nothing-sure"
        said = view.say(key, open=covered.unknown, asked=covered.asked)
        yield from paragraph(said, view.width, margin=1)
    for fact in facts:
        yield from bullet("=", fact, view.width, "neutral")


def _sure_standings(view: View) -> Iterator[str]:
    for ladder in view.result.ladders:
        yield from _sure_ladder(view, ladder)
    for decision in view.result.decisions:
        yield from _sure_decision(view, decision)


def _sure_ladder(view: View, one: LadderResult) -> Iterator[str]:
    name, words = view.name(one), view.words
    top = view.bundle.rubric.ladders[one.id].levels[-1].id
    if one.settled:
        yield view.say("is", name=name, value=words.step(one.id, one.confirmed))
        return
    if one.confirmed is not None:
        yield view.say("at-least", name=name, value=words.step(one.id, one.confirmed))
    if one.possible != top:
        yield view.say("at-most", name=name, value=words.step(one.id, one.possible))


def _sure_decision(view: View, one: DecisionResult) -> Iterator[str]:
    name, words = view.name(one), view.words
    if one.settled:
        yield view.say("is", name=name, value=words.rows(one, ""))
        return
    rows = view.bundle.rubric.decisions[one.id].outcomes()
    out = [words.step(one.id, row.id) for row in rows if row.id not in one.possible]
    if out:
        yield view.say("ruled-out", name=name, values=view.listed(out))


def _sure_checks(view: View) -> Iterator[str]:
    for status in ("met", "partly", "open"):
        ids = [item.id for item in view.result.checklists if item.status == status]
        if ids:
            word = view.words.say(f"status.{status}")
            yield view.say("checks", status=word, ids=view.words.several(ids))


def _sure_flags(view: View) -> Iterator[str]:
    raised = [flag.severity for flag in view.result.flags if flag.status == "raised"]
    if raised:
        counted = [
            view.say("counted", count=raised.count(severity), what=_severity(view, severity))
            for severity in SEVERITIES
            if severity in raised
        ]
        yield view.say("flags-raised", count=len(raised), by=view.words.several(counted))


def _severity(view: View, severity: Severity) -> str:
    return view.words.say(f"severity.{severity}")


def _sure_scores(view: View) -> Iterator[str]:
    """The scores whose whole interval lies in one half of their scale."""
    high, low = [], []
    for one in view.result.scores:
        middle = sum(view.bundle.rubric.scores[one.id].scale) / 2
        if one.least is not None and one.most is not None and not one.may_not_apply:
            high += [one] if one.least > middle else []
            low += [one] if one.most < middle else []
    for key, found in (("upper-half", high), ("lower-half", low)):
        if len(found) > _SEVERAL:
            every = len(view.result.scores)
            yield view.say(f"{key}-count", count=len(found), every=every)
        elif found:
            said = (f"{view.words.output(f'score.{s.id}')} {view.words.score(s)}" for s in found)
            yield view.say(key, scores=view.words.say("common.part-separator").join(said))
