"""`maturity list`: the shipped questionnaires and rubrics."""

from maturity.cli.options import Language, LanguageOption


def list_(lang: LanguageOption = Language.EN) -> None:
    """List the shipped questionnaires and rubrics."""
    from maturity import api
    from maturity.cli import console

    console.emit(api.shipped_models(lang.value))
