"""From the events of the YAML parser to plain data with places, without recursion.

Events are taken one by one, so that depth, size, anchors, tags and duplicate keys are judged
before anything is built on them. A fault is noted and reading goes on where that makes sense.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import yaml

from maturity.base.characters import HIDDEN, SURROGATE, code_point, quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic, Severity
from maturity.base.places import COLUMN_BITS, Place, Places, Steps, unpacked
from maturity.loading import syntax
from maturity.loading.scalars import Unusable, resolve

if TYPE_CHECKING:
    from collections.abc import Generator

    from maturity.loading.limits import Limits

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Event: TypeAlias = Any  # the events of both parsers are bare objects


def _events(text: str) -> Generator[_Event, None, None]:
    return cast("Generator[_Event, None, None]", yaml.parse(text, Loader=LOADER))


_MAP: Final = yaml.MappingStartEvent
_LOST: Final = object()  # stands for a key that cannot be used: its value is read and dropped


class _Frame:
    """A map or a list that is not closed yet."""

    __slots__ = ("is_key", "items", "key", "steps", "wants_key")

    def __init__(self, items: Any, steps: Steps, *, is_map: bool, is_key: bool) -> None:
        self.items = items
        self.steps = steps
        self.wants_key = is_map  # whether the next node is a key
        self.key: Any = None  # of a map: the key whose value comes next
        self.is_key = is_key  # whether the whole collection stands in the place of a key

    def take_key(self, key: object) -> None:
        self.key = key
        self.wants_key = False


class Composer:
    """The data, the places and the faults of one document, as far as events have told.

    `root`, `values`, `keys` and `found` are of use after `compose`; the data only where
    `found` holds no error.
    """

    def __init__(self, shown: str, text: str, limits: Limits) -> None:
        self.shown = shown
        self.text = text
        self.limits = limits
        self.watchful = "\\" in text or HIDDEN.search(text) is not None
        self.root: Any = None
        self.values: dict[Steps, int] = {}
        self.keys: dict[Steps, int] = {}
        self.found: list[Diagnostic] = []
        self.frames: list[_Frame] = []
        self.documents = 0
        self.nodes = 0
        self.stopped = False

    def compose(self) -> None:
        """Take all events, up to the first after which nothing can be said for sure."""
        last: _Event = None
        try:
            with closing(_events(self.text)) as events:
                for last in events:
                    take = _TAKE.get(last.__class__)
                    if take is not None:
                        take(self, last)
                        if self.stopped:
                            return self.say_if_cut(last)
        except yaml.MarkedYAMLError as error:
            self.found.append(syntax.explain(error, self.shown, self.text))
        except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            place = self.place(last) if last else Place(self.shown, 1, 1)
            self.found.append(syntax.odd_failure(error, place))
        else:
            self.finish()

    def say_if_cut(self, event: _Event) -> None:
        """Say that there may be more faults, where there were too many to go on."""
        if len(self.found) >= self.limits.faults:
            message = f"{len(self.found):,} faults: the rest of the file has not been looked at"
            place, code = self.place(event), self.found[-1].code
            self.found.append(Diagnostic(code, Severity.INFO, place, message))

    def finish(self) -> None:
        """Judge the document as a whole: whether it holds anything, and more than one text."""
        start = Places(self.shown, self.values, self.keys).of(())
        if self.root is None and not self.found:
            message = "the file holds nothing" if self.documents else "the file is empty"
            hint = "begin with a line `format: …`"
            self.note(Code.EMPTY, start, message, hint)
        elif isinstance(self.root, str):
            self.found.extend(syntax.find_full_width(self.text, start))

    def place(self, event: _Event) -> Place:
        """The place of an event."""
        mark = event.start_mark
        return Place(self.shown, mark.line + 1, mark.column + 1)

    def note(self, code: Code, place: Place, message: str, hint: str | None = None) -> None:
        """Keep a finding; after too many, reading stops."""
        self.found.append(Diagnostic.of(code, place, message, hint))
        if len(self.found) >= self.limits.faults and code.severity is Severity.ERROR:
            self.stopped = True

    def stop(self, code: Code, event: _Event, message: str, hint: str) -> None:
        """Keep a finding and stop reading."""
        self.note(code, self.place(event), message, hint)
        self.stopped = True

    # The events, by name.

    def document(self, event: _Event) -> None:
        """A document begins; a second one is refused."""
        self.documents += 1
        if self.documents > 1:
            hint = "Put the second document into a file of its own, or delete the line --- or ...."
            self.stop(Code.MANY_DOCUMENTS, event, "a second document begins here", hint)
        elif event.tags or event.version not in (None, (1, 2)):
            hint = "Delete the lines that begin with %; the files are read as YAML 1.2."
            self.note(Code.SYNTAX, self.place(event), "a directive (%YAML, %TAG) is not used", hint)

    def alias(self, event: _Event) -> None:
        """An alias is refused."""
        name = quoted("*" + event.anchor)
        hint = f"Write the value out again; if a text is meant, put it in quotes: {name}."
        self.note(Code.ANCHOR, self.place(event), f"alias {name}", hint)
        if self.frames and self.frames[-1].wants_key:
            self.frames[-1].take_key(_LOST)
        else:
            self.put(None, event)

    def scalar(self, event: _Event) -> None:
        """A scalar becomes a value or a key."""
        self.enter(event)
        word: str = event.value
        # implicit[0] is true for unquoted words only, apart from words with a tag.
        value = resolve(word) if event.implicit[0] else word
        if self.watchful and HIDDEN.search(word):
            self.hidden(event)
        if self.frames and self.frames[-1].wants_key:
            self.key(self.frames[-1], value, event)
        elif value.__class__ is Unusable:
            self.unusable(value, event)
        else:
            self.put(value, event)

    def collection(self, event: _Event) -> None:
        """A map or a list begins."""
        self.enter(event)
        frames = self.frames
        if len(frames) >= self.limits.depth:
            message = f"more than {self.limits.depth} levels of nesting"
            self.stop(Code.TOO_DEEP, event, message, "Is a bracket missing, or one too many?")
            return
        is_map = event.__class__ is _MAP
        items: Any = {} if is_map else []
        is_key = frames[-1].wants_key if frames else False
        if is_key:
            self.no_key(event, "a list or map cannot be a key")
        steps = self.nowhere() if is_key else self.put(items, event)
        frames.append(_Frame(items, steps, is_map=is_map, is_key=is_key))

    def end(self, _event: _Event) -> None:
        """A map or a list ends."""
        frame = self.frames.pop()
        if frame.is_key:
            self.frames[-1].take_key(_LOST)

    # What the events have in common.

    def enter(self, event: _Event) -> None:
        """Count a node, and note its anchor and its tag."""
        self.nodes += 1
        if self.nodes > self.limits.nodes and not self.stopped:
            message = f"more than {self.limits.nodes:,} values and keys"
            hint = "Split the file, or give a portfolio as a table."
            self.stop(Code.TOO_MANY_NODES, event, message, hint)
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)

    def refuse_properties(self, event: _Event) -> None:
        """Anchors and tags are refused."""
        if event.anchor is not None:
            hint = "Delete it; if a text beginning with & is meant, put it in quotes."
            self.note(Code.ANCHOR, self.place(event), f"anchor {quoted('&' + event.anchor)}", hint)
        if event.tag is not None:
            hint = "Delete it: the file's format fixes what each value is. Quote it if it is text."
            self.note(Code.TAG, self.place(event), f"tag {quoted(event.tag)}", hint)

    def put(self, value: Any, event: _Event) -> Steps:
        """Put a value where it belongs, remember its place, and return its steps."""
        mark = event.start_mark
        steps: Steps = ()
        if self.frames:
            steps = self.put_into(self.frames[-1], value)
        else:
            self.root = value
        self.values[steps] = mark.line << COLUMN_BITS | mark.column
        return steps

    def put_into(self, frame: _Frame, value: Any) -> Steps:
        """Put a value into the map or list that is open."""
        items, key = frame.items, frame.key
        if key is None:
            items.append(value)
            return (*frame.steps, len(items) - 1)
        frame.key, frame.wants_key = None, True
        if key is _LOST:
            return self.nowhere()
        items[key] = value
        return (*frame.steps, key)

    def nowhere(self) -> Steps:
        """Return steps that lead nowhere, each time others: no place is overwritten there."""
        return (-1, self.nodes)

    def key(self, frame: _Frame, name: Any, event: _Event) -> None:
        """Take the key of a map, or note why it is none."""
        frame.take_key(_LOST)
        if name.__class__ is not str:
            self.no_key(event, f"the key {quoted(event.value)} is not a text")
        elif name == "<<" and event.implicit[0]:
            hint = "Write the keys out; if << itself is meant as a key, put it in quotes."
            self.note(Code.ANCHOR, self.place(event), 'merge key "<<"', hint)
        elif name in frame.items:
            self.duplicate((*frame.steps, name), name, event)
        else:
            frame.key = name
            mark = event.start_mark
            self.keys[(*frame.steps, name)] = mark.line << COLUMN_BITS | mark.column

    def no_key(self, event: _Event, message: str) -> None:
        """What stands as a key is not a plain text."""
        hint = "Put the key in quotes if it is meant as it stands."
        self.note(Code.KEY_NOT_TEXT, self.place(event), message, hint)

    def duplicate(self, steps: Steps, name: str, event: _Event) -> None:
        """The key stands twice in its map."""
        first = unpacked(self.shown, self.keys[steps])
        message = f"the key {quoted(name)} stands twice in one map; first at {first}"
        hint = "Keep one of the two; nothing is taken from either."
        self.note(Code.DUPLICATE_KEY, self.place(event), message, hint)

    def unusable(self, value: Any, event: _Event) -> None:
        """The scalar has no meaning here; nothing stands in for it."""
        self.note(value.code, self.place(event), value.message, value.hint)
        self.put(None, event)

    def hidden(self, event: _Event) -> None:
        """The text holds characters that nobody sees."""
        names = ", ".join(code_point(c) for c in sorted(set(HIDDEN.findall(event.value)))[:5])
        if SURROGATE.search(event.value):
            hint = "Write the character itself, or its number in one escape: \\U0001F600."
            self.note(Code.SYNTAX, self.place(event), f"half a character ({names})", hint)
        elif len(self.found) < self.limits.faults:
            message = f"hidden characters ({names}); reports show U+FFFD in their place"
            self.note(Code.HIDDEN_CHARACTER, self.place(event), message, "Delete them.")


_TAKE: Final[dict[type, Any]] = {
    yaml.DocumentStartEvent: Composer.document,
    yaml.AliasEvent: Composer.alias,
    yaml.ScalarEvent: Composer.scalar,
    yaml.SequenceStartEvent: Composer.collection,
    yaml.SequenceEndEvent: Composer.end,
    yaml.MappingStartEvent: Composer.collection,
    yaml.MappingEndEvent: Composer.end,
}
