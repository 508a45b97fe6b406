"""What is said of an option whose value is wrong."""

from typing import Final

import typer
from typer.core import TyperGroup

_MARK: Final = "Value error, "
"""What pydantic, by which typer reads values, puts before the words of others."""


class Commands(TyperGroup):
    """The commands; of a wrong value they tell what is wrong with it, and where it was set."""

    # The context of typer's own Click, as it is typed there, has no public name.
    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run a command."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(_MARK)
            error.param_hint = _variable(error) or error.param_hint
            raise


def _variable(error: typer.BadParameter) -> str | None:
    """The variable of the environment that holds the value, where none was given."""
    at, option = error.ctx, error.param
    if at is None or option is None or not isinstance(option.envvar, str):
        return None
    source = at.get_parameter_source(option.name or "")
    is_set = source is not None and source.name == "ENVIRONMENT"
    return f"the environment variable {option.envvar}" if is_set else None
