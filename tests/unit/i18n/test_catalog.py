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
