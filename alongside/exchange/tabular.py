"""Reads any CSV dialect or an Excel workbook into numbered lines of text. Knows no column's meaning."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import openpyxl

from alongside.exchange.problems import Problem, Unreadable

type Source = bytes | Path | BinaryIO

DELIMITERS = ",;\t|"
HEADER_WITHIN_LINES = 25
LARGEST_BYTES = 300 * 1024 * 1024
MOST_COLUMNS = 500  # What is wider is no list, and would take minutes to look through.
NO_NAMES = "No line of the file has the column names that are needed."
CHECK_THE_FILE = "The first line should name the columns. Check that this is the right file."
LISTS = "It is a CSV file or an Excel workbook (.xlsx)."
SAVE_AGAIN = (
    "Open it in a spreadsheet program and save it as CSV UTF-8 or as an Excel workbook (.xlsx)."
)

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
# What people hand in by mistake, told by its first bytes.
NO_LISTS = {
    b"%PDF": "a PDF",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a document (RTF)",
}
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one record and the line of the file on which it starts."""

    number: int
    cells: tuple[str, ...]
    # The last one of a file that stops without ending its line.
    is_unended: bool = field(default=False, compare=False)

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Table:
    """A header that was recognised, and the lines below it. The lines can be read once."""

    header: Line
    lines: Iterator[Line | Problem]


class NoNames(Unreadable):
    """No line names the columns. `first` is the first that holds anything."""

    def __init__(self, problem: str, remedy: str, *, first: tuple[str, ...]) -> None:
        super().__init__(problem, remedy)
        self.first = first


def read_bytes(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source
    return source.read_bytes() if isinstance(source, Path) else source.read()


def read_table(source: Source, is_header: Callable[[Sequence[str]], int]) -> Table:
    """The table whose header scores highest by `is_header` among the first lines; nought is none."""
    lines = read_lines(source)
    first = list(islice(lines, HEADER_WITHIN_LINES))
    scored = [
        (is_header(line.cells), at) for at, line in enumerate(first) if isinstance(line, Line)
    ]
    best, at = max(scored, key=lambda each: (each[0], -each[1]), default=(0, 0))
    header = first[at] if best > 0 else None
    if not isinstance(header, Line):
        faults = [line for line in first if isinstance(line, Problem)]
        lines_read = [line for line in first if isinstance(line, Line) and not line.is_blank]
        raise NoNames(
            NO_NAMES + (f" {faults[0].problem}" if faults else ""),
            CHECK_THE_FILE,
            first=lines_read[0].cells if lines_read else (),
        )
    refuse_too_wide(header)
    return Table(header, _chain(first[at + 1 :], lines))


def refuse_too_wide(header: Line) -> None:
    if len(header.cells) > MOST_COLUMNS:
        raise Unreadable(
            f"The file has {len(header.cells):,} columns, and no list has more than {MOST_COLUMNS}.",
            "Check that this is the right file.",
        )


def _chain(some: list[Line | Problem], rest: Iterator[Line | Problem]) -> Iterator[Line | Problem]:
    yield from some
    yield from rest


def read_lines(source: Source) -> Iterator[Line | Problem]:
    """Every record in order, blank ones too; a record that cannot be read is a problem."""
    data = read_bytes(source)
    if not data.strip():
        raise Unreadable("The file is empty.", "Choose another file.")
    if len(data) > LARGEST_BYTES:
        raise Unreadable("The file is larger than 300 MB.", "Divide it into smaller files.")
    if data.startswith(OLD_EXCEL):
        raise Unreadable("The file is an old Excel workbook (.xls) or has a password.", SAVE_AGAIN)
    if data.startswith(ZIP):
        return read_workbook(data)
    if kind := next((kind for start, kind in NO_LISTS.items() if data.startswith(start)), ""):
        raise Unreadable(f"The file is {kind}, not a list.", f"Choose the list itself. {LISTS}")
    return read_csv(decode(data))


# Text


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 or Windows-1252: what Excel and school systems write."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:2000]
    if b"\0" in sample:
        return _decode_utf16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decode_utf16(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is nought."""
    sample = data[:2000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > len(sample) // 4:
            return data.decode(encoding, errors="replace")
    raise Unreadable("The file is not a list: it is not text.", SAVE_AGAIN)


def read_csv(text: str) -> Iterator[Line | Problem]:
    skipped = 0
    if text[:4].lower() == "sep=":
        # Excel's own hint about the separator stands alone on the first line.
        hint, _, text = text.partition("\n")
        skipped, delimiter = 1, hint.strip()[4:5] or ","
    else:
        delimiter = find_delimiter(text)
    return _records(text, delimiter, skipped)


def find_delimiter(text: str) -> str:
    """The separator that divides the most of the first lines, and those most alike."""

    def worth(delimiter: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
        widths = [len(cells) for cells in islice(reader, 10) if len(cells) > 1]
        widest = max(widths, default=0)
        return len(widths), widths.count(widest) * widest, -DELIMITERS.index(delimiter)

    return max(DELIMITERS, key=worth)


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Line | Problem]:
    # Tidied as one text: a cell at a time costs as much as all the rest of reading.
    text = plain(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = 0 if text.endswith(("\n", "\r")) else _count_of_lines(text)
    while True:
        number = reader.line_num + skipped + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _broken(number, str(error))
            continue
        yield Line(number, tuple(map(str.strip, cells)), reader.line_num == lines)


def _count_of_lines(text: str) -> int:
    return sum(1 for _ in io.StringIO(text, newline=""))


def _broken(number: int, error: str) -> Problem:
    if "field limit" in error:
        return Problem(
            number,
            "",
            f"A value on this line is longer than {csv.field_size_limit():,} letters.",
            "Shorten it, or check that this is the right file.",
        )
    if "unexpected end" in error:
        return Problem(
            number,
            "",
            "A quotation mark opened here is never closed.",
            "Close it, or take it out; the rest of the file could not be read.",
        )
    return Problem(
        number,
        "",
        "The quotation marks on this line do not match.",
        "Write a quotation mark inside a value twice, or take it out.",
    )


def tidy(cell: str) -> str:
    """Without spaces at either end, hard spaces and zero-width marks."""
    return plain(cell).strip()


def plain(text: str) -> str:
    """Hard spaces as plain ones, and without zero-width marks or noughts, which no record holds."""
    for mark in ("\u200b", "\ufeff", "\x00"):
        text = text.replace(mark, "")
    return text.replace("\xa0", " ")


# Workbooks


def read_workbook(data: bytes) -> Iterator[Line | Problem]:
    """The first sheet that holds anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_BYTES:
                raise Unreadable("The workbook unpacks to more than 300 MB.", SAVE_AGAIN)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken workbook.
        raise Unreadable("The workbook cannot be opened.", SAVE_AGAIN) from error
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        lines = [Line(n, tuple(map(as_text, row))) for n, row in enumerate(rows, 1)]
        if any(not line.is_blank for line in lines):
            return iter(lines)
    raise Unreadable("The workbook is empty.", "Choose another file.")


def as_text(value: object) -> str:
    """A cell as it would be typed: dates as 2010-01-31, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))
