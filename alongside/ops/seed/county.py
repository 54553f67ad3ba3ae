"""A county's worth of rows for measuring, copied in by the tables' owner. No history is made."""


def fill() -> None:
    raise NotImplementedError
