"""Files handed in: known by their bytes, kept whole, never trusted by name."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.core import files, pictures
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.models import StoredFile
from tests.pictures import PNG, picture

PDF = b"%PDF-1.7\n%invented\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def handed_in(actor, name: str = "report.pdf", content: bytes = PDF, **more) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    more.setdefault("information_class", InformationClass.CASEWORK)
    return files.store(actor=actor, upload=upload, **more)


@pytest.mark.django_db
def test_a_file_is_kept_and_read_as_it_was(acting):
    stored = handed_in(acting("asha"))

    assert files.read(stored) == PDF
    assert (stored.name, stored.content_type, stored.size) == ("report.pdf", "application/pdf", 19)


@pytest.mark.django_db
def test_a_name_with_a_path_in_it_goes_nowhere(acting, folder):
    stored = handed_in(acting("asha"), name="../../etc/report.pdf")

    assert stored.name == "report.pdf"
    assert (folder / "files" / stored.path).resolve().is_relative_to(folder)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("report.pdf", b"", "is empty"),
        ("report.pdf", b"<script>alert(1)</script>", "not a PDF"),
        ("report.exe", PDF, "not a PDF"),
        ("picture.svg", b"<svg onload='x'></svg>", "not a PDF"),
        ("page.html", b"<html></html>", "not a PDF"),
        ("notes.txt", b"MZ\x00\x01", "not a PDF"),
        ("big.pdf", PDF + b"x" * files.MOST_BYTES, "larger than 10 MB"),
    ],
)
def test_what_a_file_is_not_is_refused_with_its_name(name, content, word):
    with pytest.raises(Problem, match=word) as problem:
        files.kind_of(name, content)

    assert name in problem.value.message


def test_a_picture_and_a_note_are_known():
    assert files.kind_of("a.PNG", PNG) == "image/png"
    assert files.kind_of("a.jpeg", picture("JPEG")) == "image/jpeg"
    assert files.kind_of("a.txt", b"plain words").startswith("text/plain")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("house.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000), "not a whole picture"),
        ("house.png", PNG[:-20], "not a whole picture"),
        ("house.jpg", b"\xff\xd8\xff" + bytes(2_000), "not a whole picture"),
        ("house.jpg", picture("JPEG", 400)[:1_000], "not a whole picture"),
        ("report.pdf", b"%PDF-1.7\n" + bytes(2_000), "nothing in it"),
    ],
)
def test_a_first_line_without_the_rest_is_refused(name, content, word):
    with pytest.raises(Problem, match=word):
        files.kind_of(name, content)


def test_a_picture_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 8)

    with pytest.raises(Problem, match="million points"):
        files.kind_of("house.png", PNG)


@pytest.mark.django_db
def test_a_file_changed_on_the_disk_is_not_handed_out(acting, folder):
    stored = handed_in(acting("asha"))
    Path(folder / "files" / stored.path).write_bytes(b"%PDF-1.7 forged")

    with pytest.raises(Problem, match="not as it was handed in"):
        files.read(stored)


@pytest.mark.django_db
def test_a_file_that_is_gone_says_so(acting, folder):
    stored = handed_in(acting("asha"))
    Path(folder / "files" / stored.path).unlink()

    with pytest.raises(Problem, match="system administrator"):
        files.read(stored)


@pytest.mark.wall
@pytest.mark.django_db
def test_a_restricted_file_is_behind_the_wall(acting):
    stored = handed_in(acting("asha"), information_class=InformationClass.SAFEGUARDING)

    acting("omar")
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    acting("dora")
    assert StoredFile.objects.filter(pk=stored.pk).exists()
