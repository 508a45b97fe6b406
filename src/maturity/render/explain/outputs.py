"""What each kind of output says, and which reasons belong to it."""

from collections.abc import Iterator

from maturity.model.result import FlagResult
from maturity.render.explain.page import Page, Told
from maturity.render.explain.tree import tree
from maturity.rules.source import Source


def value(page: Page, output: str) -> Iterator[Told]:
    """The output's value in words, with what that means and where the rule comes from.

    Raises:
        KeyError: the rubric has no such output.
    """
    stage, name = output.split(".", 1)
    rubric = page.bundle.rubric
    match stage:
        case "ladder":
            yield from _ladder(page, name)
            yield from _sources(page, rubric.ladders[name].source)
        case "decision":
            yield from _decision(page, name)
            yield from _sources(page, rubric.decisions[name].source)
        case "score":
            yield from _score(page, name)
            yield from _sources(page, rubric.scores[name].source)
        case "check":
            yield from _check(page, name)
            yield from _sources(page, rubric.checklists[name].source)
        case "flag":
            yield from _flag(page, name)
            yield from _sources(page, rubric.flags[name].source)
        case "recommendation":
            found = [one for one in page.report.result.recommendations if one.id == name]
            status = found[0].status if found else "absent"
            yield _result(page, page.words.say(f"status.{status}"))
            yield from _sources(page, rubric.recommendations[name].source)
        case _:
            yield _result(
                page, page.judged(page.report.why(output).truth, page.words.output(output))
            )
            yield from _sources(page, rubric.conditions[name].source)


def reasons(page: Page, output: str) -> Iterator[Told]:
    """The reasons of every level, row or status, or of the one condition."""
    stage, name = output.split(".", 1)
    match stage:
        case "ladder":
            for level in page.bundle.rubric.ladders[name].levels:
                yield from tree(page, page.report.why(f"{output}.{level.id}"), 1)
        case "decision":
            yield from _rows(page, output)
        case "check":
            yield from _statuses(page, output)
        case "flag":
            yield from tree(page, page.report.why(output), 1)
            if page.bundle.rubric.flags[name].watch is not False:
                yield from tree(page, page.report.why(f"watch.{name}"), 1)
        case _:
            yield from tree(page, page.report.why(output), 1)


def _rows(page: Page, output: str) -> Iterator[Told]:
    """Rows are tried in order; those below the first that holds are not looked at."""
    name = output.split(".", 1)[1]
    for row in page.bundle.rubric.decisions[name].outcomes():
        reason = page.report.why(f"{output}?{row.id}")
        yield from tree(page, reason, 1)
        if reason.value is True:
            return


def _statuses(page: Page, output: str) -> Iterator[Told]:
    """When the item applies, when it is met and when partly; else it is open."""
    item = page.bundle.rubric.checklists[output.split(".", 1)[1]]
    asked = {
        "not-applicable": item.applies is not True,
        "met": True,
        "partly": item.partly is not False,
    }
    for status in (status for status, is_asked in asked.items() if is_asked):
        reason = page.report.why(f"{output}?{status}")
        yield from tree(page, reason, 1)
        if reason.value is True:
            return
    yield Told(1, page.say("else-open"))


def _result(page: Page, said: str) -> Told:
    return Told(0, page.say("result", value=said))


def _means(said: str) -> Iterator[Told]:
    if said:
        yield Told(1, said)


def _sources(page: Page, source: Source | None) -> Iterator[Told]:
    named = page.words.sources(source)
    if named:
        told = page.words.say("common.part-separator").join(named)
        yield Told(0, page.say("source", sources=told))


def _ladder(page: Page, name: str) -> Iterator[Told]:
    result = next(one for one in page.report.result.ladders if one.id == name)
    confirmed = page.words.step(name, result.confirmed)
    possible = page.words.step(name, result.possible)
    if result.settled:
        yield _result(page, confirmed)
    elif result.confirmed is None:
        yield _result(page, page.say("up-to", possible=possible))
    else:
        yield _result(page, page.say("between", confirmed=confirmed, possible=possible))
    if result.confirmed is not None:
        yield from _means(page.words.means(name, result.confirmed))


def _decision(page: Page, name: str) -> Iterator[Told]:
    result = next(one for one in page.report.result.decisions if one.id == name)
    if result.confirmed is not None:
        yield _result(page, page.words.step(name, result.confirmed))
        yield from _means(page.words.means(name, result.confirmed))
        return
    if result.settled:
        yield _result(page, page.words.rows(result, ""))
        return
    rows = page.either([page.words.step(name, row) for row in result.possible])
    yield _result(page, page.say("undetermined", rows=rows))


def _score(page: Page, name: str) -> Iterator[Told]:
    result = next(one for one in page.report.result.scores if one.id == name)
    score = page.bundle.rubric.scores[name]
    low, high = (f"{end:g}" for end in score.scale)
    told = page.words.score(result)
    if result.least is not None:
        told = page.say("on-scale", number=told, low=low, high=high)
    if result.may_not_apply:
        told = page.words.say("terminal.if-it-applies", number=told)
    yield _result(page, told)
    yield from _means(page.words.text(score.means))


def _check(page: Page, name: str) -> Iterator[Told]:
    result = next(one for one in page.report.result.checklists if one.id == name)
    status = page.words.say(f"status.{'at-least-partly' if result.floor else result.status}")
    if result.status == "unknown":
        rows = page.either([page.words.say(f"status.{one}") for one in result.possible])
        status = page.say("undetermined", rows=rows)
    yield _result(page, status)
    advice = page.words.text(page.bundle.rubric.checklists[name].advice)
    yield from _means(page.say("do", action=advice))


def _flag(page: Page, name: str) -> Iterator[Told]:
    found = next((one for one in page.report.result.flags if one.id == name), None)
    if found is None:
        yield _result(page, page.words.say("status.absent"))
        return
    yield _result(page, _severity(page, found))
    flag = page.bundle.rubric.flags[name]
    yield from _means(page.words.text(flag.means))
    yield from _means(page.say("do", action=page.words.text(flag.action)))


def _severity(page: Page, found: FlagResult) -> str:
    status = page.words.say(f"status.{found.status}")
    told = page.say("with", status=status, severity=page.words.say(f"severity.{found.severity}"))
    if found.severity == found.declared:
        return told
    declared = page.words.say(f"severity.{found.declared}")
    answers = page.words.several(found.justified_by)
    lowered = page.words.say("terminal.lowered", severity=declared, answers=answers)
    return page.words.say("common.part-separator").join((told, lowered))
