"""Lists in every dialect become the same numbered lines."""

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest

from alongside.exchange import tabular
from alongside.exchange.problems import Problem, Unreadable
from alongside.exchange.tabular import Line, as_text, read_lines, read_table

TEXT = "Name;Town\nSt John’s;Café\n"
EXPECTED = [Line(1, ("Name", "Town")), Line(2, ("St John’s", "Café"))]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_encoding_a_spreadsheet_writes_is_read(encoding):
    assert list(read_lines((TEXT * 3).encode(encoding)))[:2] == EXPECTED


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_ending_is_read(delimiter, ending):
    text = TEXT.replace(";", delimiter).replace("\n", ending)

    assert list(read_lines(text.encode())) == EXPECTED


def test_commas_inside_values_do_not_hide_a_semicolon():
    data = b"Name;Address\nA;1 High Street, Luton, Beds\nB;2 High Street, Luton, Beds\n"

    assert list(read_lines(data))[1] == Line(2, ("A", "1 High Street, Luton, Beds"))


def test_excels_own_hint_about_the_separator_is_obeyed_and_counted():
    assert list(read_lines(b"sep=;\r\na;b,c\r\n")) == [Line(2, ("a", "b,c"))]
    assert list(read_lines(b"sep=\r\na,b\r\n")) == [Line(2, ("a", "b"))]


def test_a_value_over_two_lines_keeps_the_line_it_starts_on():
    data = b'a,b\n"one\ntwo",x\nlast,y\n'

    assert [line.number for line in read_lines(data)] == [1, 2, 4]


def test_hard_spaces_and_blank_lines():
    lines = list(read_lines("a,b\n ,\xa0\n\n x\u200b ,y\n".encode()))

    assert [line.is_blank for line in lines] == [False, True, True, False]
    assert lines[3].cells == ("x", "y")


def test_a_quotation_mark_never_closed_is_a_problem_with_its_line():
    lines = list(read_lines(b'a,b\n1,2\n"x,3\n4,5\n'))

    assert lines[2] == Problem(
        3,
        "",
        "A quotation mark opened here is never closed.",
        "Close it, or take it out; the rest of the file could not be read.",
    )


def test_a_stray_quotation_mark_costs_one_line_only():
    lines = list(read_lines(b'a,b\n"x"y,2\n3,4\n'))

    assert isinstance(lines[1], Problem)
    assert lines[1].line == 2
    assert "do not match" in lines[1].problem
    assert lines[2] == Line(3, ("3", "4"))


def test_a_file_may_be_given_by_its_path_or_open(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n")

    assert list(read_lines(path)) == list(read_lines(io.BytesIO(b"a,b\n"))) == [Line(1, ("a", "b"))]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_workbook_gives_its_first_sheet_with_anything_in_it():
    data = workbook([], [["Name", "Born"], ["Leo", date(2015, 2, 3)], [None, 8.0]], [["other"]])

    assert list(read_lines(data)) == [
        Line(1, ("Name", "Born")),
        Line(2, ("Leo", "2015-02-03")),
        Line(3, ("", "8")),
    ]


def test_cells_read_as_they_would_be_typed():
    assert as_text(datetime(2015, 2, 3, tzinfo=UTC)) == "2015-02-03"
    assert as_text(date(2015, 2, 3)) == "2015-02-03"
    assert as_text(8.5) == "8.5"
    assert as_text(8) == as_text(8.0) == "8"
    assert as_text(" x ") == "x"


def zipped(**files):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "The file is empty."),
        (b" \n ", "The file is empty."),
        (b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 20, "a picture, not a list"),
        (b"\x01\x02\x03\0" + bytes(range(1, 256)) * 9, "it is not text"),
        (b"PK\x03\x04 not really", "The workbook cannot be opened."),
        (zipped(a="b"), "The workbook cannot be opened."),
        (workbook([[None]]), "The workbook is empty."),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data, problem):
    with pytest.raises(Unreadable, match=problem):
        list(read_lines(data))


def test_files_that_would_fill_the_memory_are_refused(monkeypatch):
    monkeypatch.setattr(tabular, "LARGEST_BYTES", 10)

    with pytest.raises(Unreadable, match="larger than 300 MB"):
        read_lines(b"a,b,c,d,e,f,g")
    with pytest.raises(Unreadable, match="unpacks to more"):
        tabular.read_workbook(workbook([["a"]]))


def scores(cells):
    return sum(cell in ("Name", "Town") for cell in cells)


def test_the_header_is_the_line_that_names_most_columns():
    table = read_table(b"Class 8A,\n\nName of the class,Name\nName,Town\nLeo,Luton\n", scores)

    assert table.header == Line(4, ("Name", "Town"))
    assert list(table.lines) == [Line(5, ("Leo", "Luton"))]


def test_of_two_headers_the_first_counts():
    assert read_table(b"Name,Town\nName,Town\n", scores).header.number == 1


def test_a_file_without_the_header_is_refused():
    with pytest.raises(Unreadable, match="No line of the file has the column names"):
        read_table(b"a,b\n1,2\n", scores)
    with pytest.raises(Unreadable, match="A quotation mark opened here is never closed"):
        read_table(b'a,b\n"1,2\n', scores)


def test_lines_beyond_the_first_are_all_there():
    data = b"Name,Town\n" + b"Leo,Luton\n" * 40

    assert len(list(read_table(data, scores).lines)) == 40


def test_a_problem_reads_as_a_sentence():
    assert (
        str(Problem(3, "DOB", "It is blank.", "Enter it.")) == "Line 3, DOB: It is blank. Enter it."
    )
    assert str(Problem(None, "", "It is empty.", "Try another.")) == "It is empty. Try another."
    assert str(Problem(None, "URN", "Missing.", "Add it.")) == "URN: Missing. Add it."
    assert Problem(3, "DOB", "a", "b").as_dict() == {
        "line": 3,
        "column": "DOB",
        "problem": "a",
        "remedy": "b",
    }


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\x00\x03\x00" * 400, "a program"),
        (b"%PDF-1.4\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_what_is_no_list_is_called_what_it_is(content, kind):
    with pytest.raises(Unreadable, match=f"is {kind}, not a list"):
        read_lines(content)


def test_a_value_too_long_to_be_read_is_called_so():
    (header, broken, last) = read_lines(("a,b\n" + "x" * 200_000 + ",y\n1,2\n").encode())

    assert (header.number, last.cells) == (1, ("1", "2"))
    assert broken.problem == "A value on this line is longer than 131,072 letters."
