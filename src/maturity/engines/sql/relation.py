"""The name of a table as somebody writes it on the command line."""

import re
from typing import Final

from sqlglot import exp

from maturity.base.errors import UsageError
from maturity.engines.sql.terms import name

_PART: Final = r'(?:"(?:[^"]|"")+"|[^".]+)'
_NAME: Final = re.compile(rf"{_PART}(?:\.{_PART}){{0,2}}")


def relation_named(text: str) -> exp.Table:
    """The table that is meant: `answers`, `schema.answers` or `catalog.schema.answers`.

    In double quotes a dot is a part of a name, and two quotes stand for one. Names are taken as
    they are written, small letters and capitals, too.

    Raises:
        UsageError: the name or a part of it is empty, it has more than three parts, or a quote
            stands where none can.
    """
    parts = [_unquoted(one) for one in re.findall(_PART, text)]
    if not _NAME.fullmatch(text) or not all(one.strip() for one in parts):
        raise UsageError("no-table-name", "table-names", given=text)
    table, schema, catalog = (*(name(one) for one in reversed(parts)), None, None)[:3]
    return exp.Table(this=table, db=schema, catalog=catalog)


def _unquoted(part: str) -> str:
    return part[1:-1].replace('""', '"') if part.startswith('"') else part
