"""Numbers as they come in an address or a hidden field: whatever somebody typed there."""

MOST_DIGITS = 18  # The largest number of a record has nineteen; none will ever be so large.


def number_in(text: str) -> int | None:
    """The number these figures write; None for anything else, such as “²”, “-1” or a huge one."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
