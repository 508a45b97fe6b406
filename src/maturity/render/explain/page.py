"""The page an explanation is written on: indented sentences, and what has been told before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from maturity.base.text import Text
from maturity.model.bundle import Bundle
from maturity.model.reason import Number
from maturity.model.report import ProjectReport
from maturity.model.state import Truth
from maturity.render.terminal.cells import wrapped
from maturity.render.words import Words, rounded

STEP: Final = 2
"""So many blanks a level of the tree is indented."""

_SIGNS: Final[dict[Truth, str]] = {True: "✓", False: "✗", None: "?"}


class Told(NamedTuple):
    """One sentence at its depth in the tree."""

    depth: int
    text: str


@dataclass(slots=True)
class Page:
    """One explanation in the making.

    `sources` is the bibliography of the city file. `keys` and `questions` hold what has been told
    in full: it is told once, later only named.
    """

    words: Words
    report: ProjectReport
    sources: Mapping[str, Text]
    keys: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)

    @property
    def bundle(self) -> Bundle:
        """The questionnaire and the rubric."""
        return self.words.bundle

    def say(self, key: str, **parameters: object) -> str:
        """A sentence of the section `explain` of the catalog."""
        return self.words.say(f"explain.{key}", **parameters)

    def judged(self, value: Truth, sentence: str) -> str:
        """A sentence with the sign and the word for whether it is true."""
        word = self.say({True: "truth-yes", False: "truth-no", None: "truth-open"}[value])
        return f"{_SIGNS[value]} {self.say('judged', sentence=sentence, truth=word)}"

    def signed(self, value: Truth, sentence: str) -> str:
        """A sentence behind the sign of a truth."""
        return f"{_SIGNS[value]} {sentence}"

    def number(self, number: Number, digits: int = 2) -> str:
        """A number as one figure or as an interval."""
        if number.least is None or number.most is None:
            return self.words.say("common.not-applicable")
        least, most = rounded(number.least, digits), rounded(number.most, digits)
        return least if least == most else f"{least}–{most}"

    def option(self, question: str, option: str) -> str:
        """The label of an option, set apart from the sentence that it stands in."""
        return self.say("quoted", text=self.words.option(question, option))

    def either(self, options: list[str]) -> str:
        """Words of which any will do."""
        if len(options) < 2:  # noqa: PLR2004
            return "".join(options)
        return self.words.several(options[:-1]) + self.words.say("common.or") + options[-1]


def written(told: Iterable[Told], width: int) -> str:
    """The sentences as lines of at most `width` cells; later lines of one stand further in.

    No more than half of the width is blank, however deep the tree.
    """
    lines: list[str] = []
    for depth, text in told:
        margin = min(STEP * depth, width // 2)
        broken = wrapped(text, width - margin, indent=STEP)
        lines += [(" " * margin + line).rstrip() for line in broken]
    return "\n".join(lines) + "\n"
