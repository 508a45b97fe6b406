"""Settings of the checks: `[tool.maturity]` of the nearest `pyproject.toml`, or `maturity.toml`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from maturity.base.characters import quoted
from maturity.base.codes import Code, Severity
from maturity.base.diagnostics import Diagnostic
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.loading.sources import Source, fetch
from maturity.model.checked import Settings, Suppression

NAMES: Final = ("maturity.toml", "pyproject.toml")
KEYS: Final = ("select", "ignore", "fail-level", "paths")
_AT: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_HEAD: Final = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*maturity[ \t]*[.\]]", re.MULTILINE)


class Reader:
    """One settings file: its table, and the settings and faults found in it so far."""

    def __init__(self, shown: str, text: str, table: dict[str, Any], folder: Path) -> None:
        self.shown = shown
        self.text = text
        self.table = table
        self.folder = folder
        self.found: list[Diagnostic] = []

    def settings(self) -> Settings:
        """The settings; `found` then holds what is wrong with them."""
        for key in self.table:
            if key not in KEYS:
                self._unknown(key)
        return Settings(
            select=frozenset(code for name in self._texts("select") for code in self._codes(name)),
            excused=tuple(self._excused()),
            fail_level=self._fail_level(),
            paths=tuple(self.folder / path for path in self._texts("paths")),
        )

    def _excused(self) -> Iterator[Suppression]:
        said = self.table.get("ignore")
        reasons = said if isinstance(said, dict) else dict.fromkeys(self._texts("ignore"), "")
        for name, reason in reasons.items():
            if not isinstance(reason, str) or not reason.strip():
                message = f"{quoted(name)} is ignored without a reason"
                hint = 'write a table: `ignore = { M305 = "why it is no fault here" }`'
                self._note(Code.MISSING_GROUND, name, message, hint)
            for code in self._codes(name):
                yield Suppression(self._place(name), code, str(reason))

    def _codes(self, name: str) -> tuple[Code, ...]:
        codes = Code.named(name)
        if not codes:
            hint = "name a code, its word, or the beginning of codes such as M3"
            self._note(Code.WRONG_SETTING, name, f"no code {quoted(name)}", hint)
        return codes

    def _fail_level(self) -> Severity:
        said = self.table.get("fail-level", Severity.ERROR.value)
        levels = [one.value for one in Severity]
        if said in levels:
            return Severity(said)
        hint = f"write one of {', '.join(levels)}"
        message = f"{quoted(str(said))} is no level of severity"
        self._note(Code.WRONG_SETTING, "fail-level", message, hint)
        return Severity.ERROR

    def _texts(self, key: str) -> list[str]:
        said = self.table.get(key, [])
        if isinstance(said, list) and all(isinstance(one, str) for one in said):
            return said
        if key != "ignore" or not isinstance(said, dict):
            message = f"{quoted(key)} is no list of texts"
            self._note(Code.WRONG_SETTING, key, message, f'write `{key} = ["…", "…"]`')
        return []

    def _unknown(self, key: str) -> None:
        near = nearest(key, KEYS)
        hint = f"did you mean {near!r}?" if near else f"known keys: {', '.join(KEYS)}"
        self._note(Code.UNKNOWN_SETTING, key, f"no setting {quoted(key)} here", hint)

    def _note(self, code: Code, word: str, message: str, hint: str) -> None:
        self.found.append(Diagnostic.of(code, self._place(word), message, hint))

    def _place(self, word: str) -> Place:
        """Where a word first stands in our table, as far as a search can tell."""
        head = _HEAD.search(self.text)
        start = head.end() if head else 0
        bare = re.escape(word)
        found = re.compile(rf"(?<![\w-])[\"']?{bare}(?![\w-])").search(self.text, start)
        return Place.at(self.shown, self.text, found.start() if found else start)


def settings_near(folder: Path) -> tuple[Settings, list[Diagnostic]]:
    """The settings of the nearest file upwards that has any, and what is wrong with them."""
    for one in (folder, *folder.parents):
        for name in NAMES:
            found = _read(one / name) if _is_there(one / name) else None
            if found is not None:
                return found
    return Settings(), []


def _is_there(path: Path) -> bool:
    """Whether there is such a file; a folder of our own name is a fault to be told."""
    return path.is_file() or (path.name == NAMES[0] and path.exists())


def _read(path: Path) -> tuple[Settings, list[Diagnostic]] | None:
    source = fetch(path)
    if not isinstance(source, Source):
        return Settings(), source
    try:
        text = source.raw.decode("utf-8-sig")
        table = _table(tomllib.loads(text), is_ours=path.name == NAMES[0])
    except (ValueError, RecursionError) as error:
        return (Settings(), [_broken(source, error)]) if _is_meant(source) else None
    if table is None:
        return None
    reader = Reader(source.shown, text, table, path.parent)
    return reader.settings(), sorted(reader.found)


def _table(data: dict[str, Any], *, is_ours: bool) -> dict[str, Any] | None:
    tool = data.get("tool", {})
    table = tool.get("maturity") if isinstance(tool, dict) else None
    if isinstance(table, dict):
        return table
    return data if is_ours else None


def _is_meant(source: Source) -> bool:
    """Whether a file that cannot be read would hold settings of ours."""
    plain = source.raw.replace(b"\0", b"")  # as in UTF-16
    return source.shown.endswith(NAMES[0]) or b"tool.maturity" in plain


def _broken(source: Source, error: Exception) -> Diagnostic:
    at = _AT.search(str(error))
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (1, 1)
    why = "TOML is UTF-8" if isinstance(error, UnicodeDecodeError) else _AT.sub("", str(error))
    message = f"the settings are no TOML: {why.strip()}"
    hint = "put the file right; settings that cannot be read are not guessed at"
    return Diagnostic.of(Code.SYNTAX, Place(source.shown, line, column), message, hint)
