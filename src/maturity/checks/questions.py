"""The answerable questions of a questionnaire by name, for looking references up."""

from dataclasses import dataclass

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place
from maturity.checks.hints import instead_of, listed
from maturity.model.questionnaire import Question, Questionnaire
from maturity.model.union import Union
from maturity.rules.scope import Shape
from maturity.rules.selection import Selector


@dataclass(frozen=True, slots=True)
class Asked:
    """One answerable question: its shape, the question it stands in, and that one's position."""

    shape: Shape
    question: Question
    options: frozenset[str]
    position: int

    @property
    def may_drop_out(self) -> bool:
        """Whether "not applicable" can be its state: declared, or by its `applies_when`."""
        return self.question.may_be_inapplicable or self.question.applies_when is not True


@dataclass(frozen=True, slots=True)
class Questions:
    """Every answerable question by id; `rows` names those of each question that has rows."""

    asked: dict[str, Asked]
    rows: dict[str, tuple[str, ...]]
    tags: frozenset[str]
    themes: frozenset[str]

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "Questions":
        """Build the table. Of two questions with one id, the later stands."""
        positions = {id(one): index for index, one in enumerate(questionnaire.questions)}
        asked = {
            shape.id: Asked(shape, question, frozenset(shape.options), positions[id(question)])
            for shape, question in questionnaire.shapes()
        }
        rows = {one.id: one.answerable() for one in questionnaire.questions if one.rows}
        tags = frozenset(tag for one in questionnaire.questions for tag in one.tags)
        return cls(asked, rows, tags, frozenset(questionnaire.themes))

    @classmethod
    def of_all(cls, union: Union) -> "Questions":
        """The table of several: each question by its id, the first of an id, and by its full name.

        With one questionnaire alone there are no full names.
        """
        tables = {one.id: cls.of(one) for one in union.questionnaires}
        if len(tables) == 1:
            return next(iter(tables.values()))
        asked: dict[str, Asked] = {}
        rows: dict[str, tuple[str, ...]] = {}
        for name, table in reversed(tables.items()):
            asked |= {f"{name}/{question}": one for question, one in table.asked.items()}
            rows |= {f"{name}/{question}": of for question, of in table.rows.items()}
        for table in reversed(tables.values()):
            asked |= table.asked
            rows |= table.rows
        tags = frozenset(tag for one in tables.values() for tag in one.tags)
        themes = frozenset(theme for one in tables.values() for theme in one.themes)
        return cls(asked, rows, tags, themes)

    def chosen_by(self, selector: Selector) -> tuple[str, ...]:
        """The questions that fit every criterion of a selector, in file order."""
        return tuple(
            name
            for name, one in self.asked.items()
            if (selector.theme is None or one.question.theme == selector.theme)
            and (selector.tag is None or selector.tag in one.question.tags)
            and (selector.rows_of is None or one.question.id == selector.rows_of)
        )

    def unknown(self, name: str, place: Place) -> Diagnostic:
        """M104: no question of this name."""
        rows = self.rows.get(name)
        if rows:
            message = f"the question {quoted(name)} is answered row by row"
            hint = f"name the row: {listed(rows)}"
        else:
            message = f"the questionnaire has no question {quoted(name)}"
            hint = instead_of(name, self.asked, "the questions are")
        return Diagnostic.of(Code.UNKNOWN_QUESTION, place, message, hint)

    def unknown_theme(self, theme: str, place: Place) -> Diagnostic:
        """M202: no theme of this name."""
        message = f"the questionnaire has no theme {quoted(theme)}"
        hint = instead_of(theme, self.themes, "the themes are")
        return Diagnostic.of(Code.UNKNOWN_THEME, place, message, hint)
