"""XLSX and its like, read with python-calamine, which is imported when a file asks for it."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from maturity.base.diagnostics import Diagnostic
from maturity.loading.sources import shown_as
from maturity.loading.tables.csv_ import unmarked
from maturity.loading.tables.table import Table, lacks_extra, said, table_of, unreadable
from maturity.loading.tables.uncalculated import uncalculated

_LARGEST: Final = 1 << 31  # bytes of the unpacked sheets


def open_sheet(path: Path, _encoding: str | None) -> Table | list[Diagnostic]:
    """The table in the first sheet of a workbook that is not hidden."""
    shown = shown_as(path)
    try:
        import python_calamine  # noqa: PLC0415
    except ImportError:
        return [lacks_extra(shown, "python-calamine")]
    if _unpacked(path) > _LARGEST:
        return [unreadable(shown, "the workbook unpacks to more than 2 GiB", "save it as CSV")]
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        name = _first(workbook, python_calamine.SheetVisibleEnum.Visible)
        sheet = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (OSError, ValueError, python_calamine.CalamineError) as error:
        return [unreadable(shown, f"the table cannot be read: {error}", "is it a workbook?")]

    for (row, column), text in uncalculated(path, name).items():
        _put(sheet, row, column, text)

    def records() -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(sheet, 1):
            yield number, [unmarked(said(cell)) for cell in cells]

    return table_of(path, records, is_ragged_wrong=False)


def _first(workbook: Any, visible: Any) -> str:
    """The name of the first visible sheet, else of the first; nothing where there is none."""
    sheets = [one.name for one in workbook.sheets_metadata if one.visible == visible]
    return next(iter([*sheets, *workbook.sheet_names]), "")


def _put(sheet: list[list[Any]], row: int, column: int, text: str) -> None:
    """Write into a cell that is empty; the sheet grows where it has to."""
    sheet.extend([] for _ in range(row + 1 - len(sheet)))
    cells = sheet[row]
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = cells[column] if cells[column] not in {"", None} else text


def _unpacked(path: Path) -> int:
    """The bytes of the unpacked file; 0 of what is no ZIP file."""
    try:
        with zipfile.ZipFile(path) as packed:
            return sum(one.file_size for one in packed.infolist())
    except (OSError, zipfile.BadZipFile):
        return 0
