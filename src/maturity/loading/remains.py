"""What is left of a file with faulty entries, so that the rest is checked in the same run.

Each fault takes the smallest entry with it that the model can do without. What is left is for
checks alone: it never is what the file says, and nothing scores it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from maturity.base.ids import STAND_IN
from maturity.base.nearest import few_guesses, nearest
from maturity.base.places import Places, Steps
from maturity.loading.faults import FORMLESS, is_echo, steps_of
from maturity.loading.known import Keys, KnownKeys
from maturity.loading.nodes import Document

Model = TypeVar("Model", bound=BaseModel)

_STAND_INS: Final[Mapping[str, object]] = {
    "ask": STAND_IN,
    "assessed": "2000-01-01",
    "city": {"name": STAND_IN},
    "domain": STAND_IN,
    "grade": "none",
    "name": STAND_IN,
    "owner": "joint",
    "party": "government",
    "severity": "info",
    "theme": STAND_IN,
    "when": False,
}
"""What stands for a required key that is missing, so that its entry need not go."""

_OF_WHOLE_VALUES: Final = frozenset(
    {"literal_error", "options", "plain", "points", "text", "text_blank", "text_map"}
)
"""The kinds of fault, beside those of a type, that leave nothing in a value to be looked at."""

_OF_CONTAINERS: Final = frozenset({"dict_type", "list_type", "tuple_type", "model_type", "options"})
"""The kinds of fault of a value that should have held other entries, with their names."""

_MOST_ROUNDS: Final = 40  # more than a file is deep: each round takes an entry nearer to the root


@dataclass(frozen=True, slots=True)
class Remains(Generic[Model]):
    """The model that is left, with its places, and what has been left out of it.

    `left_out` leads to it in the file, whose places `whole` has; `words` are the keys and texts in
    it. `loses_names` where entries went of which nobody can tell the names. `hides` where something
    without fault went with a faulty entry, and is not looked at.
    """

    model: Model
    document: Document
    whole: Places
    left_out: frozenset[Steps]
    words: frozenset[str]
    loses_names: bool
    hides: bool


@few_guesses()
def remains(document: Document, model: type[Model]) -> Remains[Model] | None:
    """What is left of a document that is no such model; None where nothing of use is."""
    edited = _Edited(document.data)
    known = KnownKeys(model)
    for _ in range(_MOST_ROUNDS):
        data, origins = edited.data()
        try:
            found = model.model_validate(data)
        except ValidationError as error:
            told = error.errors(include_url=False, include_context=True)
            for one in told:
                if not is_echo(one):
                    edited.mend(one, steps_of(one["loc"], data), origins, known)
            if () in edited.dropped:
                return None
            continue
        places = _moved(document.places, origins)
        rest = Document(document.path, document.data, places, document.warnings)
        return Remains(
            model=found,
            document=rest,
            whole=document.places,
            left_out=edited.left_out(),
            words=frozenset(word for steps in edited.dropped for word in edited.words(steps)),
            loses_names=edited.loses_names,
            hides=edited.hides,
        )
    return None


class _Edited:
    """Data from which entries are left out, and in which keys are renamed and added."""

    def __init__(self, data: Any) -> None:
        self.whole = data
        self.dropped: set[Steps] = set()
        self.renamed: dict[Steps, str] = {}
        self.added: dict[Steps, dict[str, object]] = {}
        self.hides = False
        self.loses_names = False

    def mend(
        self,
        detail: ErrorDetails,
        steps: Steps,
        origins: Mapping[Steps, Steps],
        known: KnownKeys,
    ) -> None:
        """Take one fault out of the way."""
        while steps not in origins:
            steps = steps[:-1]
        at, loc = origins[steps], detail["loc"]
        self.loses_names |= "[key]" in loc
        match detail["type"]:
            case "missing" if self._add(at, str(loc[-1])):
                return
            case "extra_forbidden" if "is-selector" not in loc:
                if not self._rename(at, str(loc[-1]), known[loc[:-1]], steps[:-1], origins):
                    self.dropped.add(at)
            case kind if kind in FORMLESS and self._rename_head(detail, steps, origins, known):
                return
            case kind:
                # With a criterion less, a selector would select more than is meant.
                is_criterion = "is-selector" in loc and loc[-1] != "is-selector"
                self._drop(at[:-1] if is_criterion else at, kind)

    def _drop(self, at: Steps, kind: str) -> None:
        self.dropped.add(at)
        self.loses_names |= kind in _OF_CONTAINERS or self._is_nameless(at)
        is_whole = kind.endswith("_type") or kind in _OF_WHOLE_VALUES
        self.hides |= not is_whole and isinstance(self.value(at), dict | list)

    def _add(self, at: Steps, key: str) -> bool:
        """Let something stand for a key that is missing; whether anything can."""
        entry = self.value(at)
        is_listed = not at or isinstance(at[-1], int)
        if key == "id" and is_listed:
            self.added.setdefault(at, {})[key] = f"{STAND_IN}-{len(self.added)}"
        elif key in _STAND_INS:
            self.added.setdefault(at, {})[key] = _STAND_INS[key]
        else:
            return False
        # An entry of a list is called by its id; one that has none is called by its name.
        self.loses_names |= is_listed and (key == "id" or (key == "name" and "id" not in entry))
        return True

    def _is_nameless(self, at: Steps) -> bool:
        """Whether it is an entry of a list that should say its name, and does not."""
        entry = self.value(at)
        is_named = isinstance(entry, str) or (_is_map(entry) and isinstance(entry.get("id"), str))
        return isinstance(at[-1] if at else None, int) and not is_named

    def _rename_head(
        self,
        detail: ErrorDetails,
        steps: Steps,
        origins: Mapping[Steps, Steps],
        known: KnownKeys,
    ) -> bool:
        """Give a map without form the keys that were probably meant; whether there are any."""
        keys, entry = known[detail["loc"]], detail["input"]
        strange = [one for one in entry if one not in keys.every] if _is_map(entry) else []
        at = [(one, origins.get((*steps, one))) for one in strange]
        renamed = [
            self._rename(place, one, keys, steps, origins) for one, place in at if place is not None
        ]
        return any(renamed)

    def _rename(
        self, at: Steps, key: str, keys: Keys, entry: Steps, origins: Mapping[Steps, Steps]
    ) -> bool:
        """Give an entry the key that was probably meant; whether there is one that is free."""
        near = nearest(key, keys.own) or nearest(key, keys.others)
        is_free = near is not None and at not in self.renamed and (*entry, near) not in origins
        if near is not None and is_free:
            self.renamed[at] = near
        return is_free

    def data(self) -> tuple[Any, dict[Steps, Steps]]:
        """The data as edited, and where each value of it stands in the file."""
        origins: dict[Steps, Steps] = {}
        return self._copied(self.whole, (), (), origins), origins

    def _copied(self, value: Any, at: Steps, to: Steps, origins: dict[Steps, Steps]) -> Any:
        origins[to] = at
        if isinstance(value, dict):
            copied: dict[str, Any] = {}
            for name, below in value.items():
                there = (*at, name)
                if there not in self.dropped:
                    key = self.renamed.get(there) or str(name)
                    copied[key] = self._copied(below, there, (*to, key), origins)
            return self.added.get(at, {}) | copied
        if isinstance(value, list):
            left = [one for one in range(len(value)) if (*at, one) not in self.dropped]
            return [
                self._copied(value[one], (*at, one), (*to, index), origins)
                for index, one in enumerate(left)
            ]
        return value

    def left_out(self) -> frozenset[Steps]:
        """The way to each entry that is not there as the file has it."""
        added = {(*at, key) for at, entries in self.added.items() for key in entries}
        return frozenset(self.dropped | added)

    def value(self, steps: Steps) -> Any:
        """What stands at these steps of the file."""
        value = self.whole
        for part in steps:
            value = value[part]
        return value

    def words(self, steps: Steps) -> Iterator[str]:
        """The keys and texts of an entry, with its own key."""
        yield from (part for part in steps[-1:] if isinstance(part, str))
        pending = [self.value(steps)]
        while pending:
            value = pending.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from value
            pending += _below(value)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)


def _below(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _moved(places: Places, origins: Mapping[Steps, Steps]) -> Places:
    """The places of what is left, by its steps in what is left."""
    values = {to: places.values[at] for to, at in origins.items() if at in places.values}
    keys = {to: places.keys[at] for to, at in origins.items() if at in places.keys}
    return Places(places.path, values, keys)
