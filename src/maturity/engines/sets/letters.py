"""Columns with few words each as one text, a letter for each: held and written like one column.

A project has some hundred flags, checks, recommendations and divergences. As columns of their own
they cost ten times what all else of a result does, wherever it is read, held, counted or written.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final

from sqlglot import exp

from maturity.engines.sql import terms
from maturity.engines.sql.columns import Column
from maturity.engines.sql.outputs import outputs_of
from maturity.engines.sql.terms import Term, column, text, whole
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, JUSTIFIED, flat_order
from maturity.model.result import Severity

LETTERS: Final = "letters\t"
"""The column that they become; no other's name holds a tab."""

_STAGES: Final = ("check", "recommendation", "divergence")
SEVERITY: Final = ".severity"
"""What the key of a flag's severity ends with."""

_NOTHING: Final = "-"
"""The letter of a word that is missing."""


class Letters:
    """Which letter of the text tells which key of the flat form.

    Each word is told by its first letter, since all that can stand under a key begin differently;
    a flag whose severity somebody's reason lowers by a capital one. Flags come first, the most
    severe before the others.
    """

    def __init__(self, bundle: Bundle) -> None:
        outputs = outputs_of(bundle)
        declared = {f"flag.{name}": flag.severity for name, flag in bundle.rubric.flags.items()}
        self._flags = dict(sorted(declared.items(), key=lambda one: _rank(one[1])))
        others = [one for one in flat_order(bundle) if one.partition(".")[0] in _STAGES]
        self._words = {key: outputs[key].vocabulary for key in (*self._flags, *others)}
        self._places = {key: number for number, key in enumerate(self._words)}

    def __contains__(self, key: str) -> bool:
        """Whether a key is told by a letter."""
        return key in self._places or key.removesuffix(SEVERITY) in self._places

    def __len__(self) -> int:
        """The length of the text."""
        return len(self._places)

    def place(self, key: str) -> int:
        """Where the letter of a key stands, from 0 on."""
        return self._places[key]

    def flags_of(self, severity: Severity) -> slice:
        """Where the letters of the flags stand that are declared at a severity.

        Capital letters among them are of flags that are lowered.
        """
        ranks = [_rank(one) for one in self._flags.values()]
        first = sum(one < _rank(severity) for one in ranks)
        return slice(first, first + ranks.count(_rank(severity)))

    def of_stage(self, stage: str) -> slice:
        """Where the letters of the keys of a stage stand."""
        found = [self._places[one] for one in self._places if one.startswith(f"{stage}.")]
        return slice(found[0], found[-1] + 1) if found else slice(0, 0)

    def of(self, values: Mapping[str, object]) -> str:
        """The text of a project, out of its values by key."""
        found = [str(values.get(key) or _NOTHING)[0] for key in self._places]
        for key, declared in self._flags.items():
            if values.get(f"{key}{SEVERITY}") == JUSTIFIED != declared:
                place = self._places[key]
                found[place] = found[place].upper()
        return "".join(found)

    def written(self, there: Container[str], source: Callable[[str], Term]) -> Term:
        """The text of a row that has the columns; where one lacks, nobody could say anything."""
        parts = [self._letter(key, there, source) for key in self._places]
        return exp.Anonymous(this="concat", expressions=parts)

    def read(self, one: Column, source: Callable[[str], Term] = column) -> Term:
        """The value of a column, out of the text."""
        if one.key.endswith(SEVERITY):
            return self._severity(one.key.removesuffix(SEVERITY), source)
        letter = self._at(one.key, source)
        found = exp.Lower(this=letter) if one.key.startswith("flag.") else letter
        return exp.Case(this=found, ifs=[_when(word[:1], word) for word in self._words[one.key]])

    def _letter(self, key: str, there: Container[str], source: Callable[[str], Term]) -> Term:
        if key not in there:
            return text(ABSENT[:1] if ABSENT in self._words[key] else _NOTHING)
        first = exp.Left(this=_as_text(source(key)), expression=whole(1))
        letter = exp.Coalesce(this=first, expressions=[text(_NOTHING)])
        severity = f"{key}{SEVERITY}"
        if severity not in there or self._flags[key] == JUSTIFIED:
            return letter
        is_lowered = terms.equal(_as_text(source(severity)), text(JUSTIFIED))
        return exp.Case(
            ifs=[exp.If(this=is_lowered, true=exp.Upper(this=letter))], default=letter.copy()
        )

    def _severity(self, key: str, source: Callable[[str], Term]) -> Term:
        declared = self._flags[key]
        raised = [word[:1] for word in self._words[key] if word != ABSENT]
        found = [_when(letter, declared) for letter in raised]
        found += [_when(letter.upper(), JUSTIFIED) for letter in raised]
        return exp.Case(this=self._at(key, source), ifs=found)

    def _at(self, key: str, source: Callable[[str], Term]) -> Term:
        place = whole(self._places[key] + 1)
        return exp.Substring(this=source(LETTERS), start=place, length=whole(1))


def lettered(columns: Iterable[Column], letters: Letters) -> list[Column]:
    """The same results in fewer columns: all that are told by letters as one, the last."""
    return [*(one for one in columns if one.key not in letters), Column(LETTERS, LETTERS, "words")]


def unlettered(
    relation: exp.Expression, columns: Sequence[Column], letters: Letters
) -> exp.Subquery:
    """Results in all their columns."""
    found = [
        exp.Alias(this=letters.read(one), alias=terms.name(one.name))
        if one.key in letters
        else column(one.name)
        for one in columns
    ]
    select = exp.Select(expressions=found)
    select.set("from_", exp.From(this=relation))
    return exp.Subquery(this=select, alias=exp.TableAlias(this=terms.name("unlettered")))


def _rank(severity: Severity) -> int:
    order: tuple[Severity, ...] = ("critical", "warning", "info")
    return order.index(severity)


def _when(letter: str, word: str) -> exp.If:
    return exp.If(this=text(letter), true=text(word))


def _as_text(term: Term) -> Term:
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.TEXT))
