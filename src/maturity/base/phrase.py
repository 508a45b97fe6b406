"""What is to be said, before it has words: a sentence of the catalogs and what goes into it."""

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.base.places import Steps


@dataclass(frozen=True, slots=True)
class Phrase:
    """`key` names a sentence (`change.removed`), `values` are its parameters, phrases themselves.

    Two phrases that say the same are equal. A catalog puts one into the words of its language.
    """

    key: str
    values: "Mapping[str, str | Phrase]"

    @classmethod
    def of(cls, key: str, **values: "str | Phrase") -> "Phrase":
        """A phrase with its parameters by name."""
        return cls(key, values)

    def __hash__(self) -> int:
        return hash((self.key, frozenset(self.values.items())))

    def at(self, steps: Steps) -> "Phrase":
        """The same, said of a place in a file."""
        return Phrase.of("change.at", where=".".join(map(str, steps)), what=self)
