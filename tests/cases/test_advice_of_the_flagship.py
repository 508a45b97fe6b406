"""The flagship's advice keeps its promise of who can do it, and when."""

import re
from typing import Final

from tests.making.reports import example_report

ADVICE: Final = example_report("makassar.yaml").bundle.rubric.recommendations
BINDING: Final = {
    "en": re.compile(r"Write (that|into the contract|a right)|Oblige|Demand|Agree a closed list"),
    "zh-Hant": re.compile(r"契約載明|明定民間夥伴|要求營運者|商定封閉式|的下一項義務才生效"),
}


def binding(language: str) -> set[str]:
    """The recommendations whose action changes what the contract binds the parties to."""
    found = BINDING[language]
    return {name for name, one in ADVICE.items() if found.search(one.action.in_language(language))}


def test_what_binds_the_partner_needs_both_and_more_than_the_deal_as_it_stands() -> None:
    for language in BINDING:
        assert binding(language)
        for name in binding(language):
            assert ADVICE[name].owner == "joint", name
            assert ADVICE[name].horizon != "now", name


def test_what_is_due_now_can_be_done_under_the_deal_as_it_stands() -> None:
    assert ADVICE["use-the-room"].horizon == "now"
    assert ADVICE["sign-before-announcing"].horizon == "next-contract"
    assert ADVICE["bind-named-parties"].horizon == "next-amendment"
