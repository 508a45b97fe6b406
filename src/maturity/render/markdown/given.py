"""What is known of each question, by its id: for templates that lay out certain answers."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.model.state import ChoiceState, MultiState, State, is_applicable
from maturity.render.markdown.voice import Voice


@dataclass(frozen=True, slots=True)
class Known:
    """One question: its text and what is known of it, in words and as ids of options.

    `row` is the label of its row alone, the whole text where it has none.
    `options` are those that are possible of a choice, and those that are surely chosen of a multi
    question. `answered` tells whether anybody could answer, `applies` whether it may apply.
    """

    question: str
    says: str
    options: tuple[str, ...]
    answered: bool
    applies: bool
    row: str


def known(voice: Voice) -> dict[str, Known]:
    """Every answerable question of the questionnaire, in its order."""
    return {
        name: Known(
            question=voice.words.question(name),
            says=voice.words.state(name, state),
            options=_options(voice, name, state),
            answered=state.answered,
            applies=is_applicable(state) is not False,
            row=voice.words.row(name),
        )
        for name, state in voice.of.states.items()
    }


def _options(voice: Voice, name: str, state: State) -> tuple[str, ...]:
    meant: frozenset[str] = frozenset()
    match state:
        case ChoiceState(possible=possible) if state.answered:
            meant = possible
        case MultiState(chosen=chosen):
            meant = chosen
    shape = voice.words.bundle.shapes[name]
    return tuple(option for option in shape.options if option in meant)
