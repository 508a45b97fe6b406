"""The few SQL terms that the query is made of: sqlglot nodes, constants folded, quoting its own.

A term stands in one place of a tree only: whoever needs it twice names it (`sheet.Sheet`).
Truths here are plain booleans that are never NULL: see `truths.Truth`.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlglot import exp

Term = exp.Expr
"""A scalar expression."""


def name(text: str) -> exp.Identifier:
    """A quoted identifier."""
    return exp.Identifier(this=text, quoted=True)


def column(text: str) -> exp.Column:
    """A column, by its quoted name."""
    return exp.Column(this=name(text))


def text(value: str) -> exp.Literal:
    """A text literal."""
    return exp.Literal.string(value)


def whole(value: int) -> Term:
    """An integer literal."""
    return _signed(_digits(str(abs(value))), value < 0)


def real(value: float) -> Term:
    """A binary floating point literal: its exponent tells SQL that it is not a decimal."""
    digits = repr(abs(value))
    return _signed(_digits(digits if "e" in digits else f"{digits}e0"), value < 0)


def _digits(digits: str) -> exp.Literal:
    return exp.Literal(this=digits, is_string=False)


def _signed(literal: exp.Literal, is_negative: bool) -> Term:
    return exp.Paren(this=exp.Neg(this=literal)) if is_negative else literal


def truth(value: bool) -> exp.Boolean:
    """TRUE or FALSE."""
    return exp.Boolean(this=value)


def is_constant(term: Term, value: bool) -> bool:
    """The term is this truth, whatever the row."""
    return isinstance(term, exp.Boolean) and term.this is value


_ATOMS = (exp.Column, exp.Literal, exp.Boolean, exp.Paren, exp.Func, exp.Cast, exp.Null)
_JOINED = (exp.And, exp.Or)


def wrapped(term: Term) -> Term:
    """The term, in parentheses where its parts could bind otherwise."""
    is_atom = isinstance(term, _ATOMS) and not isinstance(term, _JOINED)
    return term if is_atom else exp.Paren(this=term)


def every(terms: Iterable[Term]) -> Term:
    """All of the terms are true; true of none."""
    return _joined(exp.And, terms, neutral=True)


def some(terms: Iterable[Term]) -> Term:
    """At least one of the terms is true; false of none."""
    return _joined(exp.Or, terms, neutral=False)


def _joined(connector: type[exp.Connector], terms: Iterable[Term], *, neutral: bool) -> Term:
    kept = [one for one in terms if not is_constant(one, neutral)]
    if any(is_constant(one, not neutral) for one in kept):
        return truth(not neutral)
    return _chained(connector, kept) if kept else truth(neutral)


def opposite(term: Term) -> Term:
    """The term is false."""
    match term:
        case exp.Boolean():
            return truth(not term.this)
        case exp.EQ():
            return exp.NEQ(this=term.this, expression=term.expression)
        case exp.NEQ():
            return exp.EQ(this=term.this, expression=term.expression)
    return exp.Not(this=wrapped(term))


def added(terms: Sequence[Term]) -> Term:
    """The sum, from left to right; 0 of none."""
    return _chained(exp.Add, terms) if terms else whole(0)


def joined(terms: Sequence[Term]) -> Term:
    """Texts one after another."""
    return _chained(exp.DPipe, terms)


def _chained(operator: type[exp.Binary], terms: Sequence[Term]) -> Term:
    first, *rest = terms
    chain: Term = first if not rest else wrapped(first)
    for one in rest:
        chain = operator(this=chain, expression=wrapped(one))
    return chain


def compared(operator: type[exp.Binary], left: Term, right: Term) -> Term:
    """A comparison, or any other operation on two terms."""
    return operator(this=wrapped(left), expression=wrapped(right))


def equal(left: Term, right: Term) -> Term:
    """Both are the same."""
    return compared(exp.EQ, left, right)


def differs(left: Term, right: Term) -> Term:
    """They are not the same."""
    return compared(exp.NEQ, left, right)


def bits(left: Term, right: Term) -> Term:
    """The bits that both have."""
    return compared(exp.BitwiseAnd, left, right)


def either_bits(left: Term, right: Term) -> Term:
    """The bits that at least one has."""
    return compared(exp.BitwiseOr, left, right)


def any_bits(terms: Sequence[Term]) -> Term:
    """The bits that at least one of them has; half and half, for many would nest too deeply."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return either_bits(any_bits(terms[:middle]), any_bits(terms[middle:]))


def cases(pairs: Iterable[tuple[Term, Term]], otherwise: Term) -> Term:
    """The value of the first condition that is true; what changes nothing is left out."""
    kept: list[exp.If] = []
    for condition, value in pairs:
        if is_constant(condition, value=True):
            otherwise = value
            break
        if not is_constant(condition, value=False):
            kept.append(exp.If(this=condition, true=value))
    while kept and kept[-1].args["true"] == otherwise:
        kept.pop()
    return exp.Case(ifs=kept, default=otherwise) if kept else otherwise


def one_if(condition: Term, weight: int = 1) -> Term:
    """A whole number where the condition holds, else 0."""
    if isinstance(condition, exp.Boolean):
        return whole(weight if condition.this else 0)
    one = as_whole(condition)
    return one if weight == 1 else exp.Mul(this=one, expression=whole(weight))


def real_if(condition: Term, value: Term) -> Term:
    """A finite number where the condition holds, else 0."""
    if isinstance(condition, exp.Boolean):
        return value if condition.this else real(0.0)
    return exp.Mul(this=real_of(condition), expression=wrapped(value))


def as_real(term: Term) -> Term:
    """A number as a binary floating point number."""
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


OF_TRUTH: Final = "of_truth"
"""In `meta` of a CAST of a truth to a floating point number, which not every database has."""


def real_of(condition: Term) -> Term:
    """A truth as a binary floating point number, 1 or 0."""
    found = as_real(condition)
    found.meta[OF_TRUTH] = True
    return found


def as_whole(term: Term) -> Term:
    """As an integer; of a truth, 1 or 0."""
    return exp.Cast(this=term, to=exp.DataType(this=exp.DataType.Type.INT))


def lowest(terms: Sequence[Term]) -> Term:
    """The least of terms that are never NULL."""
    first, *rest = terms
    return exp.Least(this=first, expressions=rest, ignore_nulls=True) if rest else first


def highest(terms: Sequence[Term]) -> Term:
    """The greatest of terms that are never NULL."""
    first, *rest = terms
    return exp.Greatest(this=first, expressions=rest, ignore_nulls=True) if rest else first


def nothing() -> Term:
    """NULL."""
    return exp.Null()
