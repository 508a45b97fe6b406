"""What a condition that fails lacks, in words: told by more than one renderer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from maturity.model.reason import Asked, Number, Reason
from maturity.model.report import ProjectReport
from maturity.render.words import Words

_NEAR: float = 0.5
"""An item of a score is named where it holds back at least so much of what the worst does."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Names what is at fault, and only that.

    `answered` tells what is known of a question, `caused` what a named value says. Of more than
    `most` phrases the others are counted.
    """

    words: Words
    of: ProjectReport
    answered: Callable[[Asked], str]
    caused: Callable[[str], str]
    most: int

    def told(self, reason: Reason) -> str:
        """A condition that fails: its own words, the answers at fault, and what is needed."""
        match reason.kind:
            case "asked" if reason.asked is not None:
                return self._asked(reason.asked)
            case "named":
                return self._named(reason)
            case "not":
                return self._not(reason.parts[0])
            case "within":
                return self._within(reason)
            case "any" if len(reason.parts) > 1:
                return self._say("one-of", parts=self._list(self._each(reason.parts, "or")))
            case "at-least":
                return self._count(reason)
        return self._list(self._each(reason.parts, "and"))

    def grounds(self, reason: Reason) -> tuple[str, ...]:
        """The answers, and the scores that fall short, that make a condition what it is."""
        return tuple(self.shortened([*dict.fromkeys(self._grounds(reason))]))

    def shortened(self, phrases: Sequence[str]) -> list[str]:
        """Not more than `most`, and how many are left out."""
        rest = len(phrases) - self.most
        more = [self.words.say("report.and-more", number=rest)] if rest > 0 else []
        return [*phrases[: self.most], *more]

    def _say(self, key: str, **parameters: object) -> str:
        return self.words.say(f"lacking.{key}", **parameters)

    def _list(self, phrases: Iterable[str]) -> str:
        found = self.shortened([one for one in phrases if one])
        return self.words.say("report.semicolon").join(found)

    def _each(self, parts: Iterable[Reason], word: str) -> Iterator[str]:
        """The parts, those behind the first with a word before them."""
        for place, part in enumerate(parts):
            told = self.told(part)
            yield self._say(word, part=told) if place else told

    def _asked(self, asked: Asked) -> str:
        answer = self.answered(asked)
        options = [self.words.option(asked.question, one) for one in asked.wanted]
        apart = "common.either" if asked.form == "in" else "report.semicolon"
        listed = self.words.say(apart).join(options)
        key = "needed" if asked.form == "in" else f"needed-{asked.form}"
        low = "" if asked.low is None else f"{asked.low:g}"
        return self._say(key, answer=answer, options=listed, count=low)

    def _named(self, reason: Reason) -> str:
        called = self.caused(reason.key or "")
        grounds = self._list(self.grounds(reason))
        return self._say("named", what=called, grounds=grounds) if grounds else called

    def _not(self, inner: Reason) -> str:
        """What must not be so, and is."""
        if inner.asked is not None and inner.kind == "asked":
            wanted = [self.words.option(inner.asked.question, one) for one in inner.asked.wanted]
            options = self.words.say("common.either").join(wanted)
            return self._say("needed-other", answer=self.answered(inner.asked), options=options)
        grounds = self._list(self.grounds(inner))
        if inner.kind != "named":
            return self._say("must-not", grounds=grounds)
        called = self._say("not-named", what=self.caused(inner.key or ""))
        return self._say("named", what=called, grounds=grounds) if grounds else called

    def _count(self, reason: Reason) -> str:
        """How many of several conditions hold, and those that do not."""
        missed = [part for part in reason.parts if part.truth is not True]
        return self._say(
            "count",
            wanted=reason.wanted,
            every=len(reason.parts),
            sure=len(reason.parts) - len(missed),
            parts=self._list(map(self.told, missed)),
        )

    def _within(self, reason: Reason) -> str:
        part = reason.parts[0]
        bounds = self.words.several(
            self.words.say(f"explain.bound-{name}", number=f"{end:g}")
            for name, end in reason.bounds
        )
        if part.asked is not None:
            return self._say("needed", answer=self.answered(part.asked), options=bounds)
        weakest = self._list(dict.fromkeys(self._weakest(part, low=_is_low(reason))))
        if part.key is None:
            return self._say("needed-number", items=weakest, bounds=bounds)
        name = part.key.split(".", 1)[1]
        value = self._value(name, part.number)
        key = "score" if weakest else "score-alone"
        called = self.words.output(part.key)
        return self._say(key, score=called, value=value, bounds=bounds, items=weakest)

    def _value(self, score: str, number: Number) -> str:
        if number.least is None or number.most is None:
            return self.words.say("common.not-applicable")
        ends = (self.words.number(score, end) for end in (number.least, number.most))
        return "\N{EN DASH}".join(dict.fromkeys(ends))

    def _grounds(self, reason: Reason) -> Iterator[str]:
        match reason.kind:
            case "asked" if reason.asked is not None:
                yield self.answered(reason.asked)
                yield from chain.from_iterable(map(self._grounds, reason.parts))
            case "within" if reason.truth is False:
                yield self._within(reason)
            case "at-least":
                other = reason.truth is False
                parts = [part for part in reason.parts if part.truth is not other]
                yield from chain.from_iterable(map(self._grounds, parts))
            case _:
                yield from chain.from_iterable(map(self._grounds, reason.parts))

    def _weakest(self, number: Reason, *, low: bool) -> Iterator[str]:
        """The answers that hold a score back most: down to them through scores within scores."""
        if number.kind == "asked" and number.asked is not None:
            yield self.answered(number.asked)
        elif number.kind == "indicator":
            yield from map(self.answered, number.leaves())
        elif number.kind == "named":
            for part in number.parts or self.of.why(number.key or "").parts:
                yield from self._weakest(part, low=low)
        else:
            for item in self._worst(number, low=low):
                yield from self._weakest(item, low=low)

    def _worst(self, fold: Reason, *, low: bool) -> list[Reason]:
        """The items of a fold whose change could move it most towards the bound."""
        room = [(self._room(item, low=low), item) for item in fold.parts]
        if fold.method in ("least", "most"):
            ends = [end for item in fold.parts if (end := _end(item.number, low=low)) is not None]
            decisive = (min if fold.method == "least" else max)(ends, default=None)
            room = [pair for pair in room if _end(pair[1].number, low=low) == decisive]
        largest = max((one for one, _ in room), default=0.0)
        return [item for one, item in room if one > 0 and one >= largest * _NEAR]

    def _room(self, item: Reason, *, low: bool) -> float:
        """How far an item could still rise (or fall), by its weight."""
        end = _end(item.number, low=low)
        if end is None:
            return 0.0
        worst, best = self._ends(item)
        return (best - end if low else end - worst) * (item.weight or 1.0)

    def _ends(self, item: Reason) -> tuple[float, float]:
        if item.asked is not None:
            return item.asked.ends
        if item.points is not None:
            return min(item.points), max(item.points)
        low, high = self.words.bundle.rubric.scores[(item.key or "").split(".", 1)[1]].scale
        return low, high


def _is_low(reason: Reason) -> bool:
    """Whether the number falls below its bound, rather than above it."""
    lower = [end for name, end in reason.bounds if name in ("at-least", "above")]
    most = reason.parts[0].number.most
    return bool(lower) and (most is None or most <= lower[0])


def _end(number: Number, *, low: bool) -> float | None:
    """The end of a number nearer to the bound that it misses."""
    return number.most if low else number.least
