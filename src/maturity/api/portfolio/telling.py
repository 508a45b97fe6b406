"""What a run has done, for a terminal."""

from maturity.api.portfolio.request import Batched
from maturity.render.terminal.portfolio import portfolio_terminal


def shown(done: Batched, language: str, width: int, *, color: bool) -> str:
    """The portfolio as a terminal shows it."""
    context = done.context
    return portfolio_terminal(
        done.portfolio, context.words(language), context.rubric_used(), width, color
    )
