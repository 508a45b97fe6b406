"""The catalogue of diagnostics as text."""

from collections.abc import Mapping

from maturity.base.codes import Code
from maturity.i18n.catalog import Catalog
from maturity.i18n.rules import RuleText


def all_rules(texts: Mapping[str, RuleText], language: str) -> str:
    """A line for every code."""
    lines = []
    for code in Code:
        title = texts[code.number].title[language]
        lines.append(f"{code.number}  {code.severity.value:<7}  {code.word:<28}  {title}")
    return "\n".join(lines)


def one_rule(code: Code, text: RuleText, catalog: Catalog) -> str:
    """All about one code."""
    language = catalog.language
    parts = [
        f"{code.number} {code.word} ({code.severity.value})",
        text.title[language],
        "",
        text.meaning[language].strip(),
        "",
        catalog.say("rules.why", why=text.why[language].strip()),
        "",
        catalog.say("rules.bad"),
        _indented(text.bad),
        "",
        catalog.say("rules.good"),
        _indented(text.good),
    ]
    return "\n".join(parts)


def _indented(example: str) -> str:
    return "\n".join(f"    {line}" for line in example.rstrip().splitlines())
