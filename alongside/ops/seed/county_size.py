"""How big the county is. Tests fill a small one of the same shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Rows of the county, whatever the small council adds. `open_cases` are among `cases`."""

    schools: int
    pupils: int
    staff: int
    cases: int
    open_cases: int
    entries: int
    sessions: int
    audit: int


COUNTY = Size(
    schools=387,
    pupils=110_000,
    staff=300,
    cases=20_000,
    open_cases=4_000,
    entries=1_000_000,
    sessions=60_000,
    audit=400_000,
)
