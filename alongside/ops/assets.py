"""Gathers the built assets for serving, hashed and compressed, when they have changed."""

import hashlib
import os
from pathlib import Path

from alongside.ops import places

SOURCE = places.PROJECT / "alongside" / "web" / "static"


def is_current() -> bool:
    try:
        return stamp().read_text() == fingerprint()
    except OSError:
        return False


def gather() -> None:
    """Django must be set up."""
    from django.core.management import call_command

    call_command(
        "collectstatic",
        interactive=False,
        clear=True,
        verbosity=0,
        ignore_patterns=["ext", "htmx-2*", "htmax-*"],  # Extras of a library that no page asks for.
    )
    stamp().write_text(fingerprint())


def stamp() -> Path:
    return places.var() / "static.stamp"


def fingerprint() -> str:
    digest = hashlib.sha256((places.PROJECT / "requirements" / "base.txt").read_bytes())
    for folder, folders, files in os.walk(SOURCE):
        folders.sort()
        for name in sorted(files):
            path = Path(folder) / name
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
