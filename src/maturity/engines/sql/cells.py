"""Cells -> bits: what one cell of the table says, or that it is no answer.

The forms of a cell: an option id; several with `|` (multi: these and no others); `a/b` (choice:
one of these); `+a|-b` (multi: these surely, those surely not); a number, or `least..most`;
`n/a`; `unknown`, or nothing. Blanks around are left out.
"""

from typing import Final, NamedTuple

from sqlglot import exp

from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.engines.sql import terms
from maturity.engines.sql.bits import WORD, Words, nth, words_needed
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.terms import Term, column, text, whole
from maturity.rules.scope import Shape

SILENT: Final = 0
UNREADABLE: Final = -1
SAID, NOT_ASKED = 1, 2
"""The bits of a text or number: there is one; it is declared not applicable."""

ABSENT: Final = ("n/a", NOT_APPLICABLE)
"""How a cell says that a question does not apply."""

NUMBER: Final = "-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?"
BETWEEN: Final = ".."


class Cell(NamedTuple):
    """The columns that hold what one cell says.

    `said`: of a choice question the bits of the options, of others whether there is an answer
    (`SAID`, `NOT_ASKED`); SILENT and UNREADABLE in each. `chosen` and `refused`: of a multi
    question. `ends`: of a number, the least and the most.
    """

    said: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def unreadable(self) -> Term:
        """The cell is no answer to its question."""
        return terms.equal(column(self.said[0]), whole(UNREADABLE))


def read_cell(sheet: Sheet, shape: Shape, raw: str, declarable: bool) -> Cell:
    """Define what the cells of a column say on a question."""
    match shape.kind:
        case "choice":
            return _choice(sheet, shape, raw, declarable)
        case "multi":
            return _multi(sheet, shape, raw, declarable)
        case "number":
            return _number(sheet, shape, raw, declarable)
        case "text":
            return _text(sheet, raw, declarable)


def trimmed(raw: str) -> Term:
    """The cell without the blanks around."""
    return exp.Trim(this=column(raw))


def _is_silent(raw: str) -> Term:
    """Nothing, or an explicit unknown. NULL is asked for first: most silent cells are NULL."""
    silent = exp.In(this=trimmed(raw), expressions=[text(""), text(UNKNOWN)])
    return exp.Or(this=exp.Is(this=column(raw), expression=terms.nothing()), expression=silent)


def _is_absent(raw: str, declarable: bool) -> Term:
    """Declared not applicable, where that may be."""
    if not declarable:
        return terms.truth(value=False)
    return exp.In(this=trimmed(raw), expressions=[text(word) for word in ABSENT])


def _choice(sheet: Sheet, shape: Shape, raw: str, declarable: bool) -> Cell:
    """A cell that is one option is told at once; one of several is taken apart."""
    found: list[str] = []
    for number, bits in enumerate(_bits(shape, declarable)):
        told = {**bits, "n/a": bits[NOT_APPLICABLE]} if declarable else bits
        branches = [exp.If(this=text(one), true=whole(bit)) for one, bit in told.items()]
        term = exp.Case(this=column(raw), ifs=branches, default=_one_of(raw, bits, declarable))
        found.append(sheet.define(Stage.ANSWERS, nth(f"{raw} said", number), term))
    return Cell(tuple(found))


def _one_of(raw: str, bits: dict[str, int], declarable: bool) -> Term:
    """Options with `/` between: each is looked for, and together they must fill the cell."""
    named = {one: _holds(_padded(raw, "/"), f"/{one}/") for one in bits}
    mask = terms.added([terms.one_if(named[one].copy(), bit) for one, bit in bits.items()])
    length = terms.added([terms.one_if(like, len(one) + 1) for one, like in named.items()])
    fills = terms.equal(length, exp.Add(this=exp.Length(this=trimmed(raw)), expression=whole(1)))
    pairs = [(_is_silent(raw), whole(SILENT)), (fills, mask)]
    if declarable:
        pairs.append((terms.equal(trimmed(raw), text("n/a")), whole(bits[NOT_APPLICABLE])))
    return terms.cases(pairs, whole(UNREADABLE))


def _bits(shape: Shape, declarable: bool) -> list[dict[str, int]]:
    """The bit of each answer, word by word; 0 in the words where it has none."""
    options = (*shape.options, *([NOT_APPLICABLE] if declarable else []))
    words = range(words_needed(shape.options))
    return [
        {one: 1 << n % WORD if n // WORD == word else 0 for n, one in enumerate(options)}
        for word in words
    ]


def _padded(raw: str, mark: str) -> Term:
    return exp.Paren(this=terms.joined([text(mark), trimmed(raw), text(mark)]))


def _holds(where: Term, part: str) -> Term:
    """A text holds a part. Ids hold no character that LIKE reads otherwise."""
    return exp.Like(this=where, expression=text(f"%{part}%"))


def _multi(sheet: Sheet, shape: Shape, raw: str, declarable: bool) -> Cell:
    """Options with `|` between, all plain or all signed; together they must fill the cell."""
    bare = exp.Replace(this=_padded(raw, "|"), expression=text("|+"), replacement=text("|"))
    listed = sheet.define(Stage.ANSWERS, f"{raw} listed", bare)
    words = _bits(shape, declarable=False)
    named = [
        sheet.define(Stage.ANSWERS, nth(f"{raw} named", number), _parts(listed, bits, ""))
        for number, bits in enumerate(words)
    ]
    denied = [
        sheet.define(Stage.ANSWERS, nth(f"{raw} denied", number), _denied(listed, bits))
        for number, bits in enumerate(words)
    ]
    signed = sheet.define(Stage.ANSWERS, f"{raw} signed", _is_signed(raw, listed))
    pairs = [
        (_is_silent(raw), whole(SILENT)),
        (_is_absent(raw, declarable), whole(NOT_ASKED)),
        (_fills(shape, raw, listed, signed, (named, denied)), whole(SAID)),
    ]
    told = sheet.define(
        Stage.ANSWERS, f"{raw} said", terms.cases(pairs, whole(UNREADABLE))
    )
    refused = [
        sheet.define(
            Stage.ANSWERS,
            nth(f"{raw} refused", number),
            _refused(signed, named[number], denied[number], sum(bits.values())),
        )
        for number, bits in enumerate(words)
    ]
    return Cell((told,), tuple(named), tuple(refused))


def _parts(listed: str, bits: dict[str, int], sign: str) -> Term:
    """The bits of the options that are listed with a sign."""
    found = {one: _holds(column(listed), f"|{sign}{one}|") for one in bits}
    return terms.added([terms.one_if(found[one], bit) for one, bit in bits.items() if bit])


def _denied(listed: str, bits: dict[str, int]) -> Term:
    return terms.cases([(_holds(column(listed), "|-"), _parts(listed, bits, "-"))], whole(0))


def _is_signed(raw: str, listed: str) -> Term:
    """There is a plus, which was left out of the list, or a minus."""
    longer = terms.compared(exp.LT, exp.Length(this=column(listed)), _length_padded(raw))
    return terms.some([longer, _holds(column(listed), "|-")])


def _length_padded(raw: str) -> Term:
    return exp.Add(this=exp.Length(this=trimmed(raw)), expression=whole(2))


def _fills(
    shape: Shape, raw: str, listed: str, signed: str, found: tuple[list[str], list[str]]
) -> Term:
    """The options found, with bars and signs, are as long as the cell, and none is found twice."""
    named, denied = (Words(shape.options, tuple(columns)) for columns in found)
    lengths = [
        terms.one_if(held.has_any([one]), len(one) + extra)
        for held, extra in ((named, 1), (denied, 2))
        for one in shape.options
    ]
    fills = terms.equal(terms.added([whole(1), *lengths]), exp.Length(this=column(listed)))
    clashes = [
        terms.differs(terms.bits(column(one), column(other)), whole(0))
        for one, other in zip(*found, strict=True)
    ]
    pluses = [terms.one_if(named.has_any([one])) for one in shape.options]
    every_plus = terms.equal(
        terms.added([exp.Length(this=column(listed)), *pluses]), _length_padded(raw)
    )
    is_plain = terms.opposite(column(signed))
    return terms.every([fills, terms.opposite(terms.some(clashes)), terms.some([is_plain, every_plus])])


def _refused(signed: str, named: str, denied: str, every: int) -> Term:
    """Of a plain list, every option that is not named; means nothing where nothing is said."""
    rest = exp.Sub(this=whole(every), expression=column(named))
    return terms.cases([(column(signed), column(denied))], rest)


def _number(sheet: Sheet, shape: Shape, raw: str, declarable: bool) -> Cell:
    """A number, or two with `..` between, within the range of the question."""
    split = exp.StrPosition(this=trimmed(raw), substr=text(BETWEEN))
    after = exp.Add(this=split, expression=whole(len(BETWEEN)))
    first = exp.Substring(
        this=trimmed(raw), start=whole(1), length=exp.Sub(this=split.copy(), expression=whole(1))
    )
    ends = (
        _end(sheet, f"{raw} from", raw, first, shape.least),
        _end(sheet, f"{raw} to", raw, exp.Substring(this=trimmed(raw), start=after), shape.least),
    )
    low, high = ends
    inside = [
        terms.compared(exp.GTE, column(low), terms.real(shape.least)),
        terms.compared(exp.LTE, column(low), column(high)),
        terms.compared(exp.LTE, column(high), terms.real(shape.most)),
    ]
    form = exp.RegexpLike(
        this=trimmed(raw), expression=text(f"^{NUMBER}([.][.]{NUMBER})?$")
    )
    pairs = [
        (_is_silent(raw), whole(SILENT)),
        (_is_absent(raw, declarable), whole(NOT_ASKED)),
        (terms.every([form, *inside]), whole(SAID)),
    ]
    told = sheet.define(Stage.ANSWERS, f"{raw} said", terms.cases(pairs, whole(UNREADABLE)))
    return Cell((told,), ends=ends)


def _end(sheet: Sheet, wanted: str, raw: str, part: Term, otherwise: float) -> str:
    alone = exp.RegexpLike(this=trimmed(raw), expression=text(f"^{NUMBER}$"))
    two = exp.RegexpLike(this=trimmed(raw), expression=text(f"^{NUMBER}[.][.]{NUMBER}$"))
    pairs = [(alone, _parsed(trimmed(raw))), (two, _parsed(part))]
    return sheet.define(Stage.ANSWERS, wanted, terms.cases(pairs, terms.real(otherwise)))


def _parsed(term: Term) -> Term:
    return exp.TryCast(this=term, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


def _text(sheet: Sheet, raw: str, declarable: bool) -> Cell:
    """Any text will do, but for `n/a` where that may not be declared."""
    absent = exp.In(this=trimmed(raw), expressions=[text(word) for word in ABSENT])
    pairs = [
        (_is_silent(raw), whole(SILENT)),
        (absent, whole(NOT_ASKED if declarable else UNREADABLE)),
    ]
    return Cell((sheet.define(Stage.ANSWERS, f"{raw} said", terms.cases(pairs, whole(SAID))),))
