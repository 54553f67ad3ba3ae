"""Cells of a spreadsheet that cannot start a formula (OWASP: CSV injection)."""

from collections.abc import Iterable

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cells(cells: Iterable[object]) -> list[str]:
    """Each cell as text, with an apostrophe before anything a spreadsheet would calculate."""
    texts = ("" if cell is None else str(cell) for cell in cells)
    return [f"'{text}" if text.startswith(STARTS_A_FORMULA) else text for text in texts]
