"""Reason -> sentences: from a value down to the answers that decide it."""

import re
from collections.abc import Iterator
from typing import assert_never

from maturity.model.reason import Number, Reason
from maturity.model.state import Truth, is_applicable
from maturity.render.explain.answers import asked, open_answers
from maturity.render.explain.page import Page, Told

_OWN, _MANY = 2, 8
"""Below the values that an output is made of, others with more open answers are told in short."""

_WORDS: dict[Truth, str] = {True: "true", False: "false", None: "open"}


def tree(page: Page, reason: Reason, depth: int = 0) -> Iterator[Told]:
    """A reason and all that decides it, each named value and each answer in full once."""
    match reason.kind:
        case "named":
            yield from _named(page, reason, depth)
        case "all" | "any":
            yield from _connective(page, reason, depth)
        case "not" if reason.parts[0].kind == "not":
            yield from tree(page, reason.parts[0].parts[0], depth)
        case "not":
            yield from _group(page, reason, depth, page.say(f"not-{_WORDS[reason.truth]}"))
        case "at-least":
            yield from _group(page, reason, depth, _counted(page, reason))
        case "constant":
            yield Told(depth, page.signed(reason.truth, page.say(_constant(reason))))
        case "within":
            yield from _group(page, reason, depth, _bounded(page, reason))
        case "fold":
            yield from _fold(page, reason, depth)
        case "indicator":
            yield from _indicator(page, reason, depth)
        case "asked":
            yield from _leaf(page, reason, depth)
        case _:
            assert_never(reason.kind)


def named(page: Page, key: str) -> str:
    """What a named value says, as a sentence that can be true or false; of a score, its name."""
    stage, name, *outcome = re.split(r"[.?]", key)
    words = page.words
    called = words.output(f"{'flag' if stage == 'watch' else stage}.{name}")
    match stage:
        case "condition" | "score":
            return page.say(stage, name=called, id=name)
        case "ladder":
            return page.say("ladder", name=called, level=words.step(name, outcome[0]))
        case "decision":
            kind = "row" if "?" in key else "decision"
            return page.say(kind, name=called, row=words.step(name, outcome[0]))
        case "check":
            return page.say("check", id=name, status=words.say(f"status.{outcome[0]}"))
    return page.say(stage, name=called, id=name)


def _named(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    key = reason.key or ""
    told = key in page.keys
    page.keys.add(key)
    sentence = page.say("above", sentence=named(page, key)) if told else named(page, key)
    if isinstance(reason.value, Number):
        score = page.bundle.rubric.scores[key.split(".", 1)[1]]
        value = page.number(reason.value, score.digits)
        if not told:
            sentence = page.say(
                "combined", name=sentence, method=page.say(f"method-{score.method}")
            )
        yield Told(depth, f"= {_weighed(page, reason, sentence, value)}")
    else:
        yield Told(depth, page.judged(reason.value, sentence))
    if not told:
        yield from _opened(page, reason, depth + 1)


def _opened(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    """What a named value rests on; of another output with many open answers only these."""
    key = reason.key or ""
    parts = reason.parts or page.report.why(key).parts
    leaves = [leaf for part in parts for leaf in part.leaves()]
    is_condition = key.startswith("condition.") or "?" in key
    if depth > _OWN and reason.value is None and not is_condition and len(leaves) > _MANY:
        yield from open_answers(page, leaves, depth)
        return
    for part in parts:
        if part.kind == "fold" and isinstance(reason.value, Number):
            for item in part.parts:
                yield from tree(page, item, depth)
        else:
            yield from tree(page, part, depth)


def _weighed(page: Page, reason: Reason, sentence: str, value: str) -> str:
    if reason.weight is None:
        return page.say("is", name=sentence, value=value)
    return page.say("weighs", sentence=sentence, points=value, weight=f"{reason.weight:g}")


def _connective(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    """One part alone speaks for itself."""
    if len(reason.parts) == 1:
        yield from tree(page, reason.parts[0], depth)
        return
    value = reason.truth
    if not reason.parts:
        yield Told(depth, page.signed(value, page.say("always" if value else "never")))
        return
    yield from _group(page, reason, depth, page.say(f"{reason.kind}-{_WORDS[value]}"))


def _group(page: Page, reason: Reason, depth: int, sentence: str) -> Iterator[Told]:
    yield Told(depth, page.signed(reason.truth, sentence))
    for part in reason.parts:
        yield from tree(page, part, depth + 1)


def _counted(page: Page, reason: Reason) -> str:
    truths = [part.truth for part in reason.parts]
    return page.say(
        "at-least",
        count=reason.wanted,
        every=len(truths),
        yes=truths.count(True),
        open=truths.count(None),
        no=truths.count(False),
    )


def _bounded(page: Page, reason: Reason) -> str:
    bounds = [page.say(f"bound-{name}", number=f"{end:g}") for name, end in reason.bounds]
    return page.say("within", bounds=page.words.several(bounds))


def _constant(reason: Reason) -> str:
    return "always" if reason.value else "never"


def _fold(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    method = page.say(f"method-{reason.method}")
    yield Told(depth, f"= {page.say('is', name=method, value=page.number(reason.number))}")
    for part in reason.parts:
        yield from tree(page, part, depth + 1)


def _indicator(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    yes, no = reason.points or (0.0, 0.0)
    sentence = page.say("indicator", yes=f"{yes:g}", no=f"{no:g}")
    yield Told(depth, f"= {_weighed(page, reason, sentence, page.number(reason.number))}")
    for part in reason.parts:
        yield from tree(page, part, depth + 1)


def _leaf(page: Page, reason: Reason, depth: int) -> Iterator[Told]:
    leaf = reason.asked
    if leaf is None:
        return
    yield from asked(page, reason, leaf, depth)
    if reason.parts and f"applies.{leaf.question}" not in page.keys:
        page.keys.add(f"applies.{leaf.question}")
        said = page.say("inapplicable" if is_applicable(leaf.state) is False else "may-not-apply")
        known = [one.question for part in reason.parts for one in part.leaves()]
        if page.questions.issuperset(known):
            ids = page.words.several(dict.fromkeys(known))
            yield Told(
                depth + 1, page.say("above", sentence=page.say("because", said=said, ids=ids))
            )
            return
        yield Told(depth + 1, said)
        for part in reason.parts:
            yield from tree(page, part, depth + 2)
