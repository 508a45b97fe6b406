"""What somebody should act on: flags, and where the two sides differ."""

from collections.abc import Iterator

from maturity.model.result import Divergence, FlagResult
from maturity.render.terminal.canvas import Line, bullet, heading, paragraph
from maturity.render.terminal.view import SEVERITIES, SEVERITY_INKS, View


def flags(view: View) -> Iterator[Line]:
    """Those raised with what to do, the gaps worth watching, and a count of the merely possible."""
    raised, watched, possible = (
        [one for one in view.result.flags if one.status == status]
        for status in ("raised", "watched", "possible")
    )
    if not view.result.flags:
        return
    yield from heading(view.say("flags", count=len(raised)), view.width)
    for one in _by_severity(raised):
        yield from _raised(view, one)
    if watched:
        yield from _watched(view, watched)
    if possible:
        said = view.say("merely-possible", count=len(possible))
        yield from paragraph(said, view.width, "faint", margin=1)


def sides(view: View) -> Iterator[Line]:
    """Where the sides answer differently, and what stands on one side's word alone."""
    result = view.result
    if not (result.divergences or result.one_sided or result.unused):
        return
    yield from heading(view.say("sides"), view.width)
    for one in result.divergences:
        yield from _divergence(view, one)
    for side in ("government", "private"):
        count = sum(1 for _, answered in result.one_sided if answered == side)
        if count:
            party = view.words.say(f"party.{side}")
            said = view.say("one-sided", count=count, party=party)
            yield from bullet("-", said, view.width)
    if result.unused:
        said = view.say("unused", ids=view.words.several(result.unused))
        yield from bullet("-", said, view.width)


def _by_severity(found: list[FlagResult]) -> list[FlagResult]:
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _raised(view: View, one: FlagResult) -> Iterator[Line]:
    severity = view.words.say(f"severity.{one.severity}")
    title = view.say("is", name=severity, value=_title(view, one))
    yield from bullet("!", title, view.width, SEVERITY_INKS[one.severity])
    if one.severity != one.declared:
        yield from paragraph(_lowered(view, one), view.width, "faint", margin=3)
    action = view.words.text(view.bundle.rubric.flags[one.id].action)
    yield from bullet("→", action, view.width, "strong", margin=3)


def _watched(view: View, watched: list[FlagResult]) -> Iterator[Line]:
    yield from heading(view.say("watched", count=len(watched)), view.width)
    yield from paragraph(view.say("watched-means"), view.width, "faint", margin=1)
    for severity in SEVERITIES:
        alike = [one for one in watched if one.severity == severity]
        if alike:
            title = view.words.say(f"severity.{severity}")
            yield from paragraph(title, view.width, SEVERITY_INKS[severity], margin=1)
        for one in alike:
            yield from bullet("?", _title(view, one), view.width, margin=2)


def _title(view: View, one: FlagResult) -> str:
    return view.say("flag", name=view.words.output(f"flag.{one.id}"), id=one.id)


def _lowered(view: View, one: FlagResult) -> str:
    declared = view.words.say(f"severity.{one.declared}")
    answers = view.words.several(one.justified_by)
    return view.say("lowered", severity=declared, answers=answers)


def _divergence(view: View, one: Divergence) -> Iterator[Line]:
    words, said = view.words, view.report.said[one.question]
    asked = view.say("question", question=words.question(one.question), id=one.question)
    yield from bullet("!", asked, view.width, "warn")
    for side, answer in (("government", said.government), ("private", said.private)):
        if answer is not None:
            party = words.say(f"party.{side}")
            told = view.say("is", name=party, value=words.answer(one.question, answer))
            yield from paragraph(told, view.width, margin=3)
    yield from paragraph(_decided(view, one), view.width, "strong", margin=3)


def _decided(view: View, one: Divergence) -> str:
    said = view.report.said[one.question]
    if one.settled and said.joint is not None:
        return view.say("agreed", answer=view.words.answer(one.question, said.joint))
    if not one.decides:
        return view.say("decides-nothing")
    return view.say("decides", outputs=outputs_told(view, one.decides))


def outputs_told(view: View, keys: tuple[str, ...], counts: dict[str, str] | None = None) -> str:
    """The outputs by name, checklist items by id; scores and flags are only counted."""
    told = [_told(view, key) + (counts or {}).get(key, "") for key in keys if _is_named(key)]
    for stage in ("score", "flag"):
        count = sum(1 for key in keys if key.startswith(f"{stage}."))
        told += [view.say(f"{stage}-count", count=count)] if count else []
    return view.words.several(told)


def _is_named(key: str) -> bool:
    return key.split(".", 1)[0] in ("ladder", "decision", "check")


def _told(view: View, key: str) -> str:
    return key.split(".", 1)[1] if key.startswith("check.") else view.words.output(key)
