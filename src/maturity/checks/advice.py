"""Checklist items, flags and recommendations: what they rest on, and what follows from them."""

from collections.abc import Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import Steps
from maturity.checks.answered import unknown_option, wrong_kind
from maturity.checks.hints import instead_of
from maturity.checks.judged import Judged
from maturity.checks.mentions import STAGES
from maturity.rules.flags import Departure
from maturity.rules.references import CheckIn, FlagRaised, Named, as_ids


def unknown_questions(judged: Judged) -> Iterator[Diagnostic]:
    """M104: an item rests on, a flag is justified by, or advice changes, an unknown question."""
    for name, steps, is_key in _questions(judged):
        if name not in judged.questions.asked:
            yield judged.questions.unknown(name, judged.places.of(steps, key=is_key))


def _questions(judged: Judged) -> Iterator[tuple[str, Steps, bool]]:
    """Every question that is named outside conditions and points, and whether as a key."""
    for item, check in judged.rubric.checklists.items():
        for index, name in enumerate(check.rests_on):
            yield name, ("checklists", item, "rests_on", index), False
    for item, flag in judged.rubric.flags.items():
        for index, name in enumerate(flag.justified_by or ()):
            yield name, ("flags", item, "justified_by", index), False
        if flag.departs is not None:
            yield flag.departs.question, ("flags", item, "departs", "question"), False
    for item, advice in judged.rubric.recommendations.items():
        for name in advice.answers:
            yield name, ("recommendations", item, "answers", name), True


def rests_on_nothing(judged: Judged) -> Iterator[Diagnostic]:
    """M317: a checklist item does not say on which questions it rests."""
    for name, item in judged.rubric.checklists.items():
        if not item.rests_on:
            message = f"the checklist item {quoted(name)} does not say on what it rests"
            hint = "list under `rests_on` the questions that its conditions read"
            place = judged.place("checklists", name, key=True)
            yield Diagnostic.of(Code.RESTS_ON_NOTHING, place, message, hint)


def departures(judged: Judged) -> Iterator[Diagnostic]:
    """M207, M107, M318: a departure from usual answers that cannot be told."""
    for name, flag in judged.rubric.flags.items():
        if flag.departs is not None:
            yield from _departure(flag.departs, ("flags", name, "departs"), judged)


def _departure(departs: Departure, steps: Steps, judged: Judged) -> Iterator[Diagnostic]:
    asked = judged.questions.asked.get(departs.question)
    if asked is None:
        return
    if asked.shape.kind != "choice":
        yield wrong_kind(asked, "choice", judged.place(*steps, "question"))
        return
    lists = {"usual": departs.usual}
    if "silent" in departs.model_fields_set:
        lists["silent"] = departs.silent
    known = asked.options | {NOT_APPLICABLE}
    for key, options in lists.items():
        for index, option in enumerate(options):
            if option not in known:
                place = judged.place(*steps, key, index)
                yield unknown_option(option, known, place, quoted(departs.question))
    if asked.options.issubset({*departs.usual, *departs.silent}):
        message = f"no option of {quoted(departs.question)} is left that would be unusual"
        hint = "list fewer options under `usual`, or delete the flag: it is never raised"
        yield Diagnostic.of(Code.NOTHING_UNUSUAL, judged.place(*steps, "usual"), message, hint)


def unknown_horizons(judged: Judged) -> Iterator[Diagnostic]:
    """M303: a recommendation is due at a horizon that there is not."""
    for name, advice in judged.rubric.recommendations.items():
        if advice.horizon not in judged.rubric.horizons:
            message = f"there is no horizon {quoted(advice.horizon)}"
            hint = instead_of(advice.horizon, judged.rubric.horizons, "the names known here are")
            place = judged.place("recommendations", name, "horizon")
            yield Diagnostic.of(Code.UNKNOWN_NAME, place, message, hint)


def answers_aimed_at(judged: Judged) -> Iterator[Diagnostic]:
    """M207, M107: a recommendation aims at answers that its questions cannot have."""
    for name, advice in judged.rubric.recommendations.items():
        for question, options in advice.answers.items():
            asked = judged.questions.asked.get(question)
            if asked is None:
                continue
            steps = ("recommendations", name, "answers", question)
            if asked.shape.kind in ("number", "text"):
                yield wrong_kind(asked, "choice", judged.place(*steps, key=True))
                continue
            known = asked.options | {NOT_APPLICABLE}
            for index, option in enumerate(options):
                if asked.options and option not in known:
                    place = judged.place(*steps, index)
                    yield unknown_option(option, known, place, quoted(question))


def flags_without_advice(judged: Judged) -> Iterator[Diagnostic]:
    """M319: no recommendation takes up a flag that is a warning or critical."""
    taken_up = _taken_up(judged)
    for name, flag in judged.rubric.flags.items():
        if flag.severity != "info" and ("flag", name) not in taken_up:
            message = f"no recommendation refers to the {flag.severity} flag {quoted(name)}"
            hint = "add it to the condition of the recommendation that answers it"
            place = judged.place("flags", name, key=True)
            yield Diagnostic.of(Code.FLAG_WITHOUT_ADVICE, place, message, hint)


def checks_without_advice(judged: Judged) -> Iterator[Diagnostic]:
    """M320: no recommendation takes up a checklist item."""
    taken_up = _taken_up(judged)
    for name in judged.rubric.checklists:
        if ("check", name) not in taken_up:
            message = f"no recommendation refers to the checklist item {quoted(name)}"
            hint = "add `{check: …, in: [open, partly]}` to the recommendation that closes it"
            place = judged.place("checklists", name, key=True)
            yield Diagnostic.of(Code.CHECK_WITHOUT_ADVICE, place, message, hint)


def _taken_up(judged: Judged) -> set[tuple[str, str]]:
    """The flags and checklist items that recommendations refer to."""
    found: set[tuple[str, str]] = set()
    for mention in judged.mentions:
        if mention.at[0] != STAGES.index("recommendations"):
            continue
        match mention.form:
            case FlagRaised(flag=names):
                found |= {("flag", name) for name in as_ids(names)}
            case CheckIn(check=names):
                found |= {("check", name) for name in as_ids(names)}
            case _:
                continue
    return found


def unused_conditions(judged: Judged) -> Iterator[Diagnostic]:
    """M322: nothing refers to a named condition."""
    used = {one.form.condition for one in judged.mentions if isinstance(one.form, Named)}
    for name in judged.rubric.conditions:
        if name not in used:
            message = f"nothing refers to the condition {quoted(name)}"
            hint = "delete it, or use it: `{condition: …}`"
            place = judged.place("conditions", name, key=True)
            yield Diagnostic.of(Code.UNUSED_CONDITION, place, message, hint)
