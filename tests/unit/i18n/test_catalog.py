"""The catalogs hold what their files say."""

from pathlib import Path

import pytest
import yaml

from maturity import i18n
from maturity.base.phrase import Phrase
from maturity.i18n.catalog import LANGUAGES, as_json, catalog

FOLDER = Path(i18n.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_that_of_the_file(language: str) -> None:
    sections = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert catalog(language).sentences == {
        f"{section}.{key}": said for section, told in sections.items() for key, said in told.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_that_is_read_is_the_one_that_is_made(language: str) -> None:
    assert (FOLDER / f"{language}.json").read_text(encoding="utf-8") == as_json(language)


@pytest.mark.parametrize("key", ["nowhere.said", "form.nothing", "form"])
def test_what_is_not_there_is_not_said(key: str) -> None:
    assert not catalog("en").has(key)
    with pytest.raises(KeyError):
        catalog("en").say(key)


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (0, "0 cases of 1 file: 2 expectations failed"),
        (1, "1 case of 1 file: 2 expectations failed"),
        ("1", "1 case of 1 file: 2 expectations failed"),
        (12, "12 cases of 1 file: 2 expectations failed"),
    ],
)
def test_words_agree_with_their_number(cases: object, said: str) -> None:
    assert catalog("en").say("cases.summary", cases=cases, files=1, failures=2) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "scores.s.items.0: weight 1 moved to 2"),
        ("zh-Hant", "scores.s.items.0：權重由 1 改為 2"),
    ],
)
def test_a_phrase_is_put_into_words_with_the_phrase_in_it(language: str, said: str) -> None:
    phrase = Phrase.of("change.weight", old="1", new="2").at(("scores", "s", "items", 0))
    assert catalog(language).tell(phrase) == said


def test_a_brace_of_a_file_stays_as_it_is() -> None:
    phrase = Phrase.of("change.put-in", rule="{answer: c, in: [b]}")
    assert catalog("en").tell(phrase.at(("k",))) == "k: {answer: c, in: [b]} put in"
