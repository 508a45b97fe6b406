"""What the next level of each ladder lacks, in a few lines."""

from collections.abc import Iterator

from maturity.render.steps import NextStep, next_steps
from maturity.render.terminal.canvas import Line, bullet, heading
from maturity.render.terminal.view import View

_SHOWN = 2
"""So many conditions of a level are named; more are only counted."""


def next_levels(view: View) -> Iterator[Line]:
    """For each ladder among the columns: what surely fails its next level, and what is open."""
    rubric = view.bundle.rubric
    shown = {n: rubric.ladders[n] for n in rubric.summary.columns if n in rubric.ladders}
    steps = [*next_steps(view.report, shown)]
    if not steps:
        return
    yield from heading(view.say("next-level"), view.width)
    for step in steps:
        yield from bullet(">", _told(view, step), view.width)


def _told(view: View, step: NextStep) -> str:
    level = view.words.step(step.ladder, step.level)
    ladder = view.words.output(f"ladder.{step.ladder}")
    if not step.unmet:
        return view.say("lacks-open", ladder=ladder, level=level, count=step.rest)
    lacking = view.lacking
    named = [lacking.told(one) for one in step.unmet[:_SHOWN]]
    rest = len(step.unmet) - _SHOWN
    named += [view.say("more-unmet", count=rest)] if rest > 0 else []
    unmet = view.words.say("common.part-separator").join(named)
    told = view.say("lacks", ladder=ladder, level=level, unmet=unmet)
    return told + view.say("lacks-rest", count=step.rest) if step.rest else told
