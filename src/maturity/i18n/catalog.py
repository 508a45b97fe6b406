"""Catalogs of sentences: `i18n/<language>.yaml`, sections of keys with `{named}` parameters.

The program reads the same as JSON, which needs no YAML reader at the start: `make docs` writes it,
and a test demands that it is fresh.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from maturity.base.phrase import Phrase

LANGUAGES: Final = ("en", "zh-Hant")
FOLDER: Final = Path(__file__).parent
_NUMBERED: Final = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one language by `section.key`."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **parameters: object) -> str:
        """A sentence with its parameters put in; a brace that is meant is written twice.

        `{count:case|cases}` is the word for one, or that for any other number, in its place.

        Raises:
            KeyError: the catalog has no such sentence, or a parameter is missing.
        """
        sentence = self.sentences[key]
        chosen = _NUMBERED.sub(partial(_of_number, parameters), sentence)
        return chosen.format(**parameters)

    def tell(self, phrase: Phrase) -> str:
        """A phrase in words, with those that are its values.

        Raises:
            KeyError: the catalog has no such sentence, or a parameter is missing.
        """
        values = {
            name: self.tell(value) if isinstance(value, Phrase) else value
            for name, value in phrase.values.items()
        }
        return self.say(phrase.key, **values)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.sentences


def _of_number(parameters: Mapping[str, object], found: re.Match[str]) -> str:
    return found[2] if str(parameters[found[1]]) == "1" else found[3]


@cache
def catalog(language: str) -> Catalog:
    """The catalog of a language of `LANGUAGES`."""
    text = (FOLDER / f"{language}.json").read_text(encoding="utf-8")
    return Catalog(language, json.loads(text))


def as_json(language: str) -> str:
    """What a language's YAML says, by `section.key`, as the text of its JSON file."""
    import yaml  # noqa: PLC0415 - only where the file is written

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    sections: dict[str, dict[str, str]] = yaml.load(text, Loader=loader)
    flat = {f"{name}.{key}": said for name, one in sections.items() for key, said in one.items()}
    return json.dumps(flat, ensure_ascii=False, indent=0) + "\n"
