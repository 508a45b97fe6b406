"""The catalogs hold what their files say, read section by section or all at once."""

from pathlib import Path

import pytest
import yaml

from maturity import i18n
from maturity.i18n.catalog import LANGUAGES, Sentences, catalog

FOLDER = Path(i18n.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_that_of_the_file(language: str) -> None:
    text = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    sections = yaml.safe_load(text)
    expected = {
        f"{section}.{key}": said for section, told in sections.items() for key, said in told.items()
    }
    sentences = Sentences(text)
    assert dict(sentences) == expected
    assert len(Sentences(text)) == len(expected)


@pytest.mark.parametrize("key", ["nowhere.said", "form.nothing", "form"])
def test_what_is_not_there_is_not_said(key: str) -> None:
    assert not catalog("en").has(key)
    with pytest.raises(KeyError):
        catalog("en").say(key)
