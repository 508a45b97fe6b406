"""The catalogs hold what their files say."""

from pathlib import Path

import pytest
import yaml

from maturity import i18n
from maturity.i18n.catalog import LANGUAGES, catalog

FOLDER = Path(i18n.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_that_of_the_file(language: str) -> None:
    sections = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    assert catalog(language).sentences == {
        f"{section}.{key}": said for section, told in sections.items() for key, said in told.items()
    }


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
