"""Cells -> bits: what one cell of the table says, or that it is no answer.

The forms of a cell: an option id; several with `|` (multi: these and no others); `a/b` (choice:
one of these); `+a|-b` (multi: these surely, those surely not); `+` (multi: no option is known);
`[]` (multi: none of them); a number, or `least..most`; `n/a`; `unknown`, or nothing. Blanks
around are left out.
"""

from collections.abc import Iterable
from itertools import permutations
from typing import Final, NamedTuple

from sqlglot import exp

from maturity.base.ids import NONE_OF_THEM, NOT_APPLICABLE, NOTHING_KNOWN, UNKNOWN
from maturity.engines.sql import marks, terms
from maturity.engines.sql.bits import WORD, nth, words_needed
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.terms import Term, column, text, whole
from maturity.rules.scope import Shape

SILENT: Final = 0
UNREADABLE: Final = -1
SAID, NOT_ASKED = 1, 2
"""The bits of a text or number: there is one; it is declared not applicable."""

ABSENT: Final = ("n/a", NOT_APPLICABLE)
"""How a cell says that a question does not apply."""

WIDTHS: Final = (8, 16)
WIDEST: Final = 32
"""The bits of the smallest types of whole numbers, with their signs, and of those used most."""

NUMBER: Final = "-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?"
BETWEEN: Final = ".."


class Cell(NamedTuple):
    """The columns that hold what one cell says.

    `said`: of a choice question the bits of the options, of others whether there is an answer
    (`SAID`, `NOT_ASKED`); SILENT and UNREADABLE in each. `chosen` and `refused`: of a multi
    question. `ends`: of a number, the least and the most. `width`: the bits of the type
    of `said`, which is as small as can be where it is looked up in a list.
    """

    said: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    width: int = WIDEST

    def unreadable(self) -> Term:
        """The cell is no answer to its question."""
        return terms.equal(column(self.said[0]), whole(UNREADABLE))


def any_unreadable(cells: Iterable[Cell]) -> Term:
    """At least one of the cells is no answer: only what stands for that has a sign."""
    said: dict[int, list[Term]] = {}
    for cell in cells:
        said.setdefault(cell.width, []).append(column(cell.said[0]))
    return terms.some(
        terms.compared(exp.LT, terms.any_bits(one), whole(0)) for one in said.values()
    )


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
        told: dict[str | None, int] = {"": SILENT, UNKNOWN: SILENT}
        told.update(bits)
        told |= {"n/a": bits[NOT_APPLICABLE]} if declarable else {}
        branches = [exp.If(this=text(one or ""), true=whole(bit)) for one, bit in told.items()]
        rest = _one_of(raw, bits, declarable)
        term = exp.Case(this=column(raw), ifs=branches, default=rest)
        known = told | {None: SILENT} | _several(bits)
        marks.looked_up(marks.ByText(raw, known, by_default=True), term)
        found.append(sheet.define(Stage.ANSWERS, nth(f"{raw} said", number), term))
    needed = len(shape.options) + declarable
    return Cell(tuple(found), width=next((one for one in WIDTHS if needed < one), WIDEST))


MOST_SEVERAL: Final = 3
"""The options of which every cell that names several can be told at once."""


def _several(bits: dict[str, int]) -> dict[str | None, int]:
    """Cells that name several options; of many options, two only."""
    options = [one for one in bits if one != NOT_APPLICABLE]
    longest = len(options) if len(options) <= MOST_SEVERAL else 2
    return {
        "/".join(some): sum(bits[one] for one in some)
        for number in range(2, longest + 1)
        for some in permutations(options, number)
    }


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


LENGTHS: Final = 32
COUNTS: Final = 48
"""Where, above the bits of the options found, the sum of their lengths and their number stand."""


def _multi(sheet: Sheet, shape: Shape, raw: str, declarable: bool) -> Cell:
    """Options with `|` between, all plain or all signed; together they must fill the cell.

    Where none is known a plus stands alone, where none is chosen a pair of brackets.
    """
    bare = exp.Replace(this=_padded(raw, "|"), expression=text("|+"), replacement=text("|"))
    listed = sheet.define(Stage.ANSWERS, f"{raw} listed", bare)
    words = _bits(shape, declarable=False)
    denied_at_all = _holds(column(listed), "|-")
    named, denied = [], []
    for number, bits in enumerate(words):
        terms_of = _found(listed, bits, ""), _found(listed, bits, "-")
        named.append(sheet.define(Stage.ANSWERS, nth(f"{raw} named", number), terms_of[0]))
        gated = terms.cases([(denied_at_all.copy(), terms_of[1])], whole(0))
        denied.append(sheet.define(Stage.ANSWERS, nth(f"{raw} denied", number), gated))
    signed = sheet.define(Stage.ANSWERS, f"{raw} signed", _is_signed(raw, listed))
    pairs = [
        (_is_silent(raw), whole(SILENT)),
        (_is_absent(raw, declarable), whole(NOT_ASKED)),
        (_fills(raw, listed, signed, named, denied), whole(SAID)),
        (
            exp.In(this=trimmed(raw), expressions=[text(NOTHING_KNOWN), text(NONE_OF_THEM)]),
            whole(SAID),
        ),
    ]
    told = sheet.define(Stage.ANSWERS, f"{raw} said", terms.cases(pairs, whole(UNREADABLE)))
    chosen, refused = [], []
    for number, (name, no) in enumerate(zip(named, denied, strict=True)):
        every = whole(sum(words[number].values()))
        rest = exp.Sub(this=every, expression=exp.Paren(this=_options(name)))
        left = terms.cases([(column(signed), _options(no))], rest)
        chosen.append(sheet.define(Stage.ANSWERS, nth(f"{raw} chosen", number), _options(name)))
        refused.append(sheet.define(Stage.ANSWERS, nth(f"{raw} refused", number), left))
    return Cell((told,), tuple(chosen), tuple(refused))


def _found(listed: str, bits: dict[str, int], sign: str) -> Term:
    """The options that are listed with a sign: their bits, their lengths and how many they are.

    53 bits hold the sum, so that floating point numbers, which no database guards, add it up.
    """
    found = []
    for option, bit in bits.items():
        if bit:
            length = len(sign) + len(option) + 1
            worth = bit + (length << LENGTHS) + (1 << COUNTS)
            held = _holds(column(listed), f"|{sign}{option}|")
            found.append(terms.real_if(held, terms.real(float(worth))))
    return exp.Cast(this=terms.added(found), to=exp.DataType(this=exp.DataType.Type.BIGINT))


def _options(found: str) -> Term:
    return terms.as_whole(terms.bits(column(found), whole((1 << WORD) - 1)))


def _lengths(found: str) -> Term:
    above = exp.BitwiseRightShift(this=column(found), expression=whole(LENGTHS))
    return exp.Paren(this=terms.bits(above, whole((1 << COUNTS - LENGTHS) - 1)))


def _count(found: str) -> Term:
    return exp.Paren(this=exp.BitwiseRightShift(this=column(found), expression=whole(COUNTS)))


def _is_signed(raw: str, listed: str) -> Term:
    """There is a plus, which was left out of the list, or a minus."""
    longer = terms.compared(exp.LT, exp.Length(this=column(listed)), _length_padded(raw))
    return terms.some([longer, _holds(column(listed), "|-")])


def _length_padded(raw: str) -> Term:
    return exp.Add(this=exp.Length(this=trimmed(raw)), expression=whole(2))


def _fills(raw: str, listed: str, signed: str, named: list[str], denied: list[str]) -> Term:
    """The options found, with bars and signs, are as long as the cell, and none is found twice."""
    length = exp.Length(this=column(listed))
    fills = terms.equal(terms.added([whole(1), *map(_lengths, (*named, *denied))]), length)
    both = [
        terms.differs(terms.bits(_options(one), _options(other)), whole(0))
        for one, other in zip(named, denied, strict=True)
    ]
    with_pluses = terms.added([length.copy(), *map(_count, named)])
    every_plus = terms.equal(with_pluses, _length_padded(raw))
    plain = terms.opposite(column(signed))
    return terms.every([fills, terms.opposite(terms.some(both)), terms.some([plain, every_plus])])


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
    form = exp.RegexpLike(this=trimmed(raw), expression=text(f"^{NUMBER}([.][.]{NUMBER})?$"))
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
