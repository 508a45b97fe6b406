"""A questionnaire, worked out once: what may answer each question, and its form in a cell."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from maturity.base.characters import trimmed
from maturity.base.ids import ID_PATTERN, NOT_APPLICABLE, UNKNOWN
from maturity.base.text import LANGUAGES
from maturity.loading.cells import ABSENT, BETWEEN
from maturity.loading.quick.plain import NotPlainError
from maturity.model.questionnaire import Question, Questionnaire
from maturity.rules.scope import Kind, Shape

SAID: Final = "said"
"""Stands for any text: what it says is never scored."""

ID: Final = re.compile(ID_PATTERN.removeprefix("^").removesuffix("$"))

_LONGEST: Final = 10_000  # characters of a text
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `words` gives, for each answer of one word, the cell that says the same.

    Not among them is `not-applicable`, which needs a reason. `nothing` is the cell of a list of
    no options; `is_city_wide` tells whether the question may be answered for the whole city.
    """

    kind: Kind
    words: Mapping[str, str]
    options: frozenset[str]
    nothing: str
    least: float
    most: float
    declarable: bool
    is_city_wide: bool

    @classmethod
    def of(cls, shape: Shape, question: Question) -> "Asked":
        """The question with this shape."""
        words = shape.options if shape.kind == "choice" else ()
        return cls(
            shape.kind,
            {word: word for word in (UNKNOWN, *words)},
            frozenset(shape.options),
            "|".join(f"-{option}" for option in shape.options),
            shape.least,
            shape.most,
            question.may_be_inapplicable,
            question.scope == "city",
        )

    def cell(self, answer: Any, *, has_reason: bool) -> str:
        """The cell that says the same as an answer in a file.

        Raises:
            NotPlainError: it does not answer the question, or no cell can say it.
        """
        if answer.__class__ is str:
            found = self.words.get(answer)
            return self._of_word(answer, has_reason=has_reason) if found is None else found
        if answer.__class__ is dict:
            return self._of_map(answer)
        if answer.__class__ is list and self.kind == "multi":
            return "|".join(self._options(answer)) or self.nothing
        if self.kind == "number":
            return self._number(answer)
        raise NotPlainError

    def _of_word(self, word: str, *, has_reason: bool) -> str:
        if word == NOT_APPLICABLE:
            if self.declarable and has_reason:
                return ABSENT
        elif self.kind == "text" and 0 < len(word) <= _LONGEST:
            return SAID
        raise NotPlainError

    def _of_map(self, answer: dict[str, Any]) -> str:
        match self.kind:
            case "choice":
                return "/".join(self._one_of(answer))
            case "multi":
                return "|".join(self._signed(answer))
            case "number":
                return self._between(answer)
            case "text":
                check_text(answer)
                return SAID

    def _one_of(self, answer: dict[str, Any]) -> list[str]:
        named = answer.get("one-of")
        also = {NOT_APPLICABLE} if self.declarable else set[str]()
        if len(answer) > 1 or named.__class__ is not list or len(named) < 2:  # noqa: PLR2004
            raise NotPlainError
        return self._options(named, also)

    def _signed(self, answer: dict[str, Any]) -> list[str]:
        """Of an answer that chooses and refuses nothing no cell says the same."""
        has, lacks = answer.get("has", []), answer.get("lacks", [])
        if not answer.keys() <= {"has", "lacks"} or has.__class__ is not list:
            raise NotPlainError
        if lacks.__class__ is not list or not self._options([*has, *lacks]):
            raise NotPlainError
        return [*(f"+{one}" for one in has), *(f"-{one}" for one in lacks)]

    def _options(self, named: list[Any], also: Collection[str] = ()) -> list[str]:
        """Options of the question, each once."""
        for one in named:
            if one.__class__ is not str or not (one in self.options or one in also):
                raise NotPlainError
        if len(set(named)) != len(named):
            raise NotPlainError
        return named

    def _between(self, answer: dict[str, Any]) -> str:
        ends = answer.get("between")
        if len(answer) > 1 or ends.__class__ is not list or len(ends) != 2:  # noqa: PLR2004
            raise NotPlainError
        least, most = (self._number(end) for end in ends)
        if ends[0] > ends[1]:
            raise NotPlainError
        return f"{least}{BETWEEN}{most}"

    def _number(self, number: Any) -> str:
        """A number within the range; exponents of three digits have no place in a cell."""
        if number.__class__ not in (int, float) or not self.least <= number <= self.most:
            raise NotPlainError
        written = repr(number)
        if not _NUMBER.fullmatch(written):
            raise NotPlainError
        return written


@dataclass(frozen=True, slots=True)
class Form:
    """What answers to a questionnaire are held to, by the ids of its questions."""

    questionnaire: str
    asked: Mapping[str, Asked]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "Form":
        """The form of a questionnaire that has no fault."""
        asked = {shape.id: Asked.of(shape, question) for shape, question in questionnaire.shapes()}
        return cls(questionnaire.id, asked)


def check_filled(said: Any) -> None:
    """A text that says something in some language.

    Raises:
        NotPlainError: it is none.
    """
    check_text(said)
    if not any(map(trimmed, (said,) if said.__class__ is str else said.values())):
        raise NotPlainError


def check_text(said: Any) -> None:
    """A text, or one a language.

    Raises:
        NotPlainError: it is neither.
    """
    if said.__class__ is str:
        return
    if said.__class__ is not dict or not said:
        raise NotPlainError
    for language, one in said.items():
        if language not in LANGUAGES or one.__class__ is not str:
            raise NotPlainError
