"""Named values -> the columns that people read, in the order of the flat form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from sqlglot import exp

from maturity.base.ids import NOT_APPLICABLE
from maturity.engines.sql import marks, terms
from maturity.engines.sql.beside import Listing
from maturity.engines.sql.cells import Cell, any_unreadable
from maturity.engines.sql.columns import SEPARATOR, UNREADABLE, Column
from maturity.engines.sql.compiler import Compiler
from maturity.engines.sql.outputs import Output
from maturity.engines.sql.sheet import Sheet, Stage
from maturity.engines.sql.states import Sides, State
from maturity.engines.sql.terms import Term, cases, column, nothing, opposite, text
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, JUSTIFIED
from maturity.model.result import Severity
from maturity.plan import Plan
from maturity.rules.checklists import STATUSES


@dataclass(slots=True)
class Results:
    """The result columns found so far. `outputs`: what stands in them, by key."""

    sheet: Sheet
    outputs: Mapping[str, Output]
    columns: list[Column] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    def add(self, key: str, term: Term) -> None:
        """One more column."""
        self.columns.append(Column(self.sheet.reserve(key), key, *self.outputs[key]))
        self.terms.append(term)

    def carry(self, header: str, name: str) -> None:
        """A column that is passed on."""
        self.columns.append(Column(name, header, "carried"))
        self.terms.append(column(name))

    def select(self) -> list[exp.Alias]:
        """The columns as they stand after SELECT."""
        return [
            exp.Alias(this=term, alias=terms.name(one.name))
            for one, term in zip(self.columns, self.terms, strict=True)
        ]


def add_results(
    found: Results, plan: Plan, bundle: Bundle, compiled: Compiler, marks: Listing | None
) -> None:
    """Every output of the rubric, stage after stage; `marks`: the justified questions."""
    rubric = bundle.rubric
    for name in rubric.scores:
        _add_score(found, f"score.{name}", compiled)
    for name in rubric.ladders:
        _add_ladder(found, name, bundle, compiled)
    for name in rubric.decisions:
        _add_decision(found, name, bundle, compiled)
    for name in rubric.checklists:
        _add_check(found, f"check.{name}", compiled)
    for name, flag in rubric.flags.items():
        _add_flag(found, name, compiled)
        if marks is not None:
            reads = flag.justified_by or plan.reads[f"flag.{name}"]
            justified = marks.holds_any([one for one in plan.shapes if one in reads])
            _add_severity(found, f"flag.{name}", flag.severity, compiled, justified)
    for name in rubric.recommendations:
        truth = compiled.truths[f"recommendation.{name}"].again()
        pairs = [(truth.sure, text("given")), (truth.maybe, text("possible"))]
        found.add(f"recommendation.{name}", cases(pairs, text(ABSENT)))


def _add_score(found: Results, key: str, compiled: Compiler) -> None:
    span = compiled.numbers[key].again()
    applies = span.applies
    for end, term in (("least", span.least), ("most", span.most)):
        found.add(f"{key}.{end}", cases([(applies.maybe.copy(), term)], nothing()))
    open_ = terms.every([applies.maybe, opposite(applies.sure)])
    found.add(f"{key}.may-not-apply", open_)


def _add_ladder(found: Results, name: str, bundle: Bundle, compiled: Compiler) -> None:
    levels = bundle.steps(name).ids
    truths = [compiled.truths[f"ladder.{name}.{level}"].again() for level in levels]
    from_top = list(zip(levels, truths, strict=True))[::-1]
    sure = [(truth.sure, text(level)) for level, truth in from_top]
    maybe = [(truth.maybe, text(level)) for level, truth in from_top]
    found.add(f"ladder.{name}.confirmed", cases(sure, nothing()))
    found.add(f"ladder.{name}.possible", cases(maybe, nothing()))


def _add_decision(found: Results, name: str, bundle: Bundle, compiled: Compiler) -> None:
    """A row that surely wins is the only possible one: others then have lost already."""
    rows = bundle.steps(name).ids
    wins = [compiled.truths[f"decision.{name}.{row}"].again() for row in rows]
    sure = [(truth.sure, text(row)) for row, truth in zip(rows, wins, strict=True)]
    found.add(f"decision.{name}.confirmed", cases(sure, nothing()))
    told = marks.ByTruths([truth.maybe for truth in wins], rows, SEPARATOR)
    found.add(f"decision.{name}.possible", marks.listing(told))


def _add_check(found: Results, key: str, compiled: Compiler) -> None:
    wins = {status: compiled.truths[f"{key}.{status}"].again() for status in STATUSES}
    pairs = [(truth.sure, text(status)) for status, truth in wins.items()]
    found.add(key, cases(pairs, text("unknown")))


def _add_flag(found: Results, name: str, compiled: Compiler) -> None:
    """Raised, watched, possible or absent."""
    flag, watch = (compiled.truths[f"{stage}.{name}"].again() for stage in ("flag", "watch"))
    pairs = [
        (opposite(flag.maybe), text(ABSENT)),
        (flag.sure, text("raised")),
        (watch.sure, text("watched")),
    ]
    found.add(f"flag.{name}", cases(pairs, text("possible")))


def _add_severity(
    found: Results, key: str, declared: Severity, compiled: Compiler, justified: Term
) -> None:
    """As declared, but where it surely is raised and justified; NULL where it is absent."""
    flag = compiled.truths[key].again()
    pairs = [
        (opposite(flag.maybe), nothing()),
        (terms.every([flag.sure, justified]), text(JUSTIFIED)),
    ]
    found.add(f"{key}.severity", cases(pairs, text(declared)))


def add_coverage(
    found: Results, states: dict[str, State], raw: dict[str, State], evidence: Listing | None
) -> None:
    """How many questions apply or may, and how many of these are answered, in part or in full.

    `evidence`: the questions whose answers have some.
    """
    answered = {name: _among(state, state.answered.copy()) for name, state in states.items()}
    counted = {
        "asked": [state.applies.maybe.copy() for state in states.values()],
        "answered": [one.copy() for one in answered.values()],
        "partly": [_among(states[name], _is_open(state)) for name, state in raw.items()],
    }
    if evidence is not None:
        counted["evidenced"] = [
            terms.every([one, evidence.holds(name)]) for name, one in answered.items()
        ]
    columns = {
        key: found.sheet.define(Stage.RESULTS, f"{key} questions", _count(conditions))
        for key, conditions in counted.items()
    }
    unknown = exp.Sub(this=column(columns["asked"]), expression=column(columns["answered"]))
    for key in ("asked", "answered"):
        found.add(f"coverage.{key}", column(columns[key]))
    found.add("coverage.unknown", unknown)
    for key in ("evidenced", "partly"):
        if key in columns:
            found.add(f"coverage.{key}", column(columns[key]))


def _among(state: State, condition: Term) -> Term:
    """A condition on a question that applies or may."""
    return terms.every([state.applies.maybe.copy(), condition])


def _count(conditions: Sequence[Term]) -> Term:
    """How many conditions hold; those that always do are counted here and now."""
    always = sum(terms.is_constant(one, value=True) for one in conditions)
    rest = [one for one in conditions if not isinstance(one, exp.Boolean)]
    counted = exp.Paren(this=marks.counted(rest, always))
    return terms.as_whole(counted) if rest else terms.whole(always)


def _is_open(state: State) -> Term:
    """An answer that leaves more than one thing possible, as far as the answers alone say."""
    match state.shape.kind:
        case "choice":
            return _several(state)
        case "text":
            return terms.truth(value=False)
        case "multi":
            return _unsettled(state, terms.every(_decided(state)))
        case "number":
            low, high = (column(end) for end in state.ends)
            return _unsettled(state, terms.equal(low, high))
    assert_never(state.shape.kind)


def _decided(state: State) -> Iterator[Term]:
    """Every option is surely chosen or surely refused, word by word."""
    masks = state.chosen.masks(state.shape.options)
    for *words, mask in zip(state.chosen.columns, state.refused.columns, masks, strict=True):
        both = terms.either_bits(*map(column, words))
        yield terms.equal(both, terms.whole(mask))


def _unsettled(state: State, known: Term) -> Term:
    """Somebody answered, but it is open whether the question applies, or what holds if it does."""
    applies = state.applies.again()
    settled = terms.some([opposite(applies.maybe), terms.every([applies.sure, known])])
    return terms.every([state.answered.copy(), opposite(settled)])


def _several(state: State) -> Term:
    """More than one bit is set: taking one away leaves another; silence has none."""
    words = state.known
    if len(words) != 1:
        options = (*state.shape.options, NOT_APPLICABLE)
        held = terms.added([terms.one_if(state.options.has_any([one])) for one in options])
        several = terms.compared(exp.GT, held, terms.whole(1))
        return terms.every([state.answered.copy(), several])
    less = exp.Paren(this=exp.Sub(this=column(words[0]), expression=terms.whole(1)))
    return terms.differs(terms.bits(column(words[0]), less), terms.whole(0))


def add_divergences(found: Results, states: dict[str, State], sides: dict[str, Sides]) -> None:
    """Where both sides answer a question, and differently; text is not compared.

    An agreed answer settles it; that nobody could tell does not.
    """
    for question, cells in sides.items():
        if cells.government is None or cells.private is None:
            continue
        if states[question].shape.kind == "text":
            continue
        ours, theirs = cells.government, cells.private
        differ = terms.some(
            terms.differs(column(one), column(other)) for one, other in _pairs(ours, theirs)
        )
        told = [_tells(ours), _tells(theirs)]
        settled = _tells(cells.joint) if cells.joint else terms.truth(value=False)
        pairs = [
            (opposite(terms.every([*told, differ])), text(ABSENT)),
            (settled, text("settled")),
        ]
        found.add(f"divergence.{question}", cases(pairs, text("open")))


def _pairs(ours: Cell, theirs: Cell) -> Iterator[tuple[str, str]]:
    for mine, other in zip(ours[:3], theirs[:3], strict=True):
        yield from zip(mine, other, strict=True)
    yield from zip(ours.ends, theirs.ends, strict=True)


def _tells(cell: Cell) -> Term:
    return terms.some(terms.differs(column(one), terms.whole(0)) for one in cell.said)


def add_unreadable(found: Results, cells: dict[str, Cell]) -> None:
    """The headers of the cells that are no answers, joined; NULL where every cell is one."""
    kept = {header: cell.unreadable() for header, cell in cells.items()}
    if not kept:
        found.add(UNREADABLE, exp.Cast(this=nothing(), to=exp.DataType.build("text")))
        return
    parts = [
        cases([(condition.copy(), text(f"{SEPARATOR}{header}"))], text(""))
        for header, condition in kept.items()
    ]
    listed = exp.Substring(this=exp.Paren(this=terms.joined(parts)), start=terms.whole(2))
    any_ = found.sheet.define(Stage.ANSWERS, "any unreadable", any_unreadable(cells.values()))
    found.add(UNREADABLE, cases([(column(any_), listed)], nothing()))
