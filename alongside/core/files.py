"""Files handed in: checked by content, kept under the data folder, never served as pages."""

import hashlib
import io
import os
import uuid
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from alongside.core.actor import Actor
from alongside.core.decisions import Problem
from alongside.core.handling import InformationClass
from alongside.core.models import StoredFile
from alongside.core.pictures import must_open

MOST_BYTES = 10 * 1024 * 1024
# What a file starts with, the type it is then served as, and the endings it may have.
KINDS = (
    (b"%PDF-", "application/pdf", {".pdf"}),
    (b"\x89PNG\r\n\x1a\n", "image/png", {".png"}),
    (b"\xff\xd8\xff", "image/jpeg", {".jpg", ".jpeg"}),
    (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        {".docx"},
    ),
    (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        {".xlsx"},
    ),
)
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
OFFICE = {".docx": "word/", ".xlsx": "xl/"}  # The folder that each archive holds.


def store(
    *,
    actor: Actor,
    upload: UploadedFile,
    information_class: InformationClass,
    is_shared: bool = False,
) -> StoredFile:
    """Keep an uploaded file. Raises `Problem` when it is too large, empty or not what it claims."""
    content = upload.read()
    content_type = kind_of(upload.name or "file", content)
    return keep(
        actor=actor,
        name=upload.name or "file",
        content=content,
        content_type=content_type,
        information_class=information_class,
        is_shared=is_shared,
    )


def keep(
    *,
    actor: Actor,
    name: str,
    content: bytes,
    content_type: str,
    information_class: InformationClass,
    is_shared: bool = False,
) -> StoredFile:
    """Keep bytes that the caller has checked: written whole, then named by a row."""
    path = f"{actor.council_id}/{uuid.uuid4().hex}"
    place = _place(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return StoredFile.objects.create(
        name=Path(name).name[:200],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=path,
        information_class=information_class,
        uploaded_by_id=actor.staff_id,
        is_shared=is_shared,
    )


def kind_of(name: str, content: bytes) -> str:
    """The content type, decided by the bytes and confirmed by the name."""
    if not content:
        raise Problem(f"{name} is empty. Choose the file again.")
    if len(content) > MOST_BYTES:
        raise Problem(f"{name} is larger than 10 MB. Save it smaller, or split it.")
    ending = Path(name).suffix.lower()
    for start, content_type, endings in KINDS:
        if content.startswith(start) and ending in endings and _is_office(ending, content):
            _must_open(name, content, content_type)
            return content_type
    if ending == ".txt" and b"\x00" not in content:
        return "text/plain; charset=utf-8"
    raise Problem(f"{name} is not a PDF, picture, Word, Excel or text file that we can read.")


def _must_open(name: str, content: bytes, content_type: str) -> None:
    """A first line is soon written: what follows it must be there too."""
    kind = PICTURES.get(content_type)
    if kind:
        must_open(name, content, kind)
    if content_type == "application/pdf" and not content[len(b"%PDF-1.4") :].strip(b"\0 \r\n\t"):
        raise Problem(f"{name} is a PDF with nothing in it. Save it again, and choose it anew.")


def _is_office(ending: str, content: bytes) -> bool:
    """A Word or Excel file holds its own folder, and no macros; other kinds are no archive."""
    folder = OFFICE.get(ending)
    if folder is None:
        return True
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return any(name.startswith(folder) for name in names) and not has_macros


def read(file: StoredFile) -> bytes:
    """The bytes as handed in; raises `Problem` when they are gone or were changed on the disk."""
    place = _place(file.path)
    content = place.read_bytes() if place.exists() else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Problem("This file is not as it was handed in. Tell your system administrator.")
    return content


def _place(path: str) -> Path:
    return Path(settings.VAR) / "files" / path
