"""Reads pages as a person would: the tokens that change with every answer left out."""

import re


def plain(content: bytes) -> str:
    """A page without its CSRF tokens, so that two pages can be compared."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", content.decode())


def says_who_saved(page: str, name: str) -> bool:
    """A page of two versions says who was first and when: "Dana Mockridge saved this at 2:02pm"."""
    said = rf"{name}[^<>]* saved this at \d{{1,2}}(:\d\d)?[ap]m, while you were writing"
    return re.search(said, page) is not None
