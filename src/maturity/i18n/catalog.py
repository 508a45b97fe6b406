"""Catalogs of sentences: `i18n/<language>.yaml`, sections of keys with `{named}` parameters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, cast

import yaml

LANGUAGES: Final = ("en", "zh-Hant")
_SECTION: Final = re.compile(r"^([\w-]+):\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The sentences of one language by `section.key`."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **parameters: object) -> str:
        """A sentence with its parameters put in; a brace that is meant is written twice.

        Raises:
            KeyError: the catalog has no such sentence, or a parameter is missing.
        """
        return self.sentences[key].format(**parameters)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.sentences


@cache
def catalog(language: str) -> Catalog:
    """The catalog of a language of `LANGUAGES`."""
    file = Path(__file__).with_name(f"{language}.yaml")
    return Catalog(language, Sentences(file.read_text(encoding="utf-8")))


class Sentences(Mapping[str, str]):
    """The sentences of a file.

    A section is parsed when the first of its sentences is asked for, for a quick start.
    """

    def __init__(self, text: str) -> None:
        _, *parts = _SECTION.split(text)
        self._texts = dict(zip(parts[::2], parts[1::2], strict=True))
        self._parsed: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        section, _, name = key.partition(".")
        if section not in self._texts:
            raise KeyError(key)
        return self._section(section)[name]

    def __iter__(self) -> Iterator[str]:
        return (f"{name}.{key}" for name in self._texts for key in self._section(name))

    def __len__(self) -> int:
        return sum(len(self._section(name)) for name in self._texts)

    def _section(self, name: str) -> dict[str, str]:
        if name not in self._parsed:
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            said = yaml.load(self._texts[name], Loader=loader)
            self._parsed[name] = cast("dict[str, str]", said)
        return self._parsed[name]
