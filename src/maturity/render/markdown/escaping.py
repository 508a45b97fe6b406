"""Text -> Markdown that shows exactly this text, wherever in a line or a table it is put."""

from __future__ import annotations

import re
from typing import Final

from maturity.base.characters import visible

_BLANKS: Final = re.compile(r"[ \t\r\n]+")

# A backslash before any of these is invisible to every reader of Markdown.
_MARKS: Final = re.compile(
    r"[\\`*_\[\]<>|~$^@#!{}&]"
    r"|/(?=/)"  # http://, and //host
    r"|(?<=\S)\.(?=[^\W\d_])"  # example.com is a link to some readers
    r"|(?i:(?<=www)\.)"
    r"|:(?=[\w+-]+:)"  # :smile:
)
_BLOCK_MARK: Final = re.compile(r"^[-+=:%]")
_LIST_NUMBER: Final = re.compile(r"^(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9}))([.)])(?=\s|$)")

# GitHub looks for addresses in the finished text, where a backslash is gone already. Only
# another character helps: U+2060, which has no width and breaks no line.
_ADDRESS: Final = re.compile(r"(?<=[\w.+-])@(?=\w)")
JOINER: Final = "\N{WORD JOINER}"


def escaped(text: str) -> str:
    """The text as one line of Markdown in which nothing is markup.

    Runs of blanks and line breaks become one blank; control and bidi characters show as U+FFFD.
    No table, heading, list, link, image, HTML, entity, footnote, emphasis or code can come out.
    """
    line = visible(_BLANKS.sub(" ", text)).strip(" ")
    line = _ADDRESS.sub(f"@{JOINER}", line)
    line = _MARKS.sub(lambda mark: f"\\{mark[0]}", line)
    line = _BLOCK_MARK.sub(lambda mark: f"\\{mark[0]}", line)
    return _LIST_NUMBER.sub(r"\1\\\2", line)
