"""Values as YAML writes them on one line."""

import json
import re
from collections.abc import Mapping
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LAST_ESCAPED: Final = 0xFFFF  # beyond it JSON and YAML write escapes differently
_WORDS_OF_YAML: Final = frozenset({"true", "false", "null"})


def flow(value: object) -> str:
    """A value of null, truth, numbers, texts, lists and maps; no line break, whatever it holds.

    A text stands in double quotes where it is no word of letters, digits, `-` and `_`.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value).removesuffix(".0")
        case Mapping():
            return f"{{{', '.join(f'{flow(key)}: {flow(one)}' for key, one in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(flow, value))}]"
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if is_plain else in_quotes(text)


def in_quotes(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does; what does not show itself is escaped.

    Lone surrogates have no form that YAML reads.
    """
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isprintable() else "".join(map(_escaped, written))


def _escaped(character: str) -> str:
    is_plain = character.isprintable() or ord(character) > _LAST_ESCAPED
    return character if is_plain else f"\\u{ord(character):04x}"
