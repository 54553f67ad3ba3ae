"""The inline picture of each icon, drawn on 16 by 16. Must hold shapes only, never words or colours."""

DISC = '<circle cx="8" cy="8" r="7.2" fill="currentColor"/>'
RING = '<circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" stroke-width="1.8"/>'
PAGE = (
    '<path d="M3 1h7l3.5 3.5V15H3z" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M5.5 8h5M5.5 11h5" stroke="currentColor" stroke-width="1.5"/>'
)
HALF = RING + '<path d="M8 1.4a6.6 6.6 0 0 1 0 13.2z" fill="currentColor"/>'
DASHED = (
    '<circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor"'
    ' stroke-width="1.8" stroke-dasharray="2.6 2.4"/>'
)


def line(path: str, width: str = "1.8") -> str:
    """A stroked path without fill."""
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="{width}"/>'


def solid(path: str) -> str:
    """A filled path."""
    return f'<path d="{path}" fill="currentColor"/>'


PADLOCK = '<rect x="2" y="7" width="12" height="8" rx="1.5" fill="currentColor"/>' + line(
    "M4.7 7V4.8a3.3 3.3 0 0 1 6.6 0V7", "1.9"
)

ICONS = {
    # The states, each a shape of its own so that colour is never alone.
    "overdue": solid("M8 1l7 13.5H1z")
    + '<path d="M8 6v4M8 11.6v1.3" stroke="#fff" stroke-width="1.8"/>',
    "soon": HALF,
    "met": DISC + '<path d="M4.4 8.3l2.6 2.6 4.7-5.4" fill="none" stroke="#fff" stroke-width="2"/>',
    "met_late": RING + line("M4.8 8.3l2.3 2.3 4.2-4.9"),
    "restricted": PADLOCK,
    "waiting": DASHED,
    "info": '<rect x="2.9" y="2.9" width="10.2" height="10.2" rx="1.6" fill="currentColor"'
    ' transform="rotate(45 8 8)"/>',
    "declined": RING + line("M3.6 12.4l8.8-8.8"),
    # Kinds of entry.
    "note": '<rect x="1.5" y="2" width="13" height="12" rx="2" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"/><path d="M4.5 6h7M4.5 9.5h5" stroke="currentColor" stroke-width="1.7"/>',
    "session": '<rect x="1.5" y="2" width="13" height="12" rx="2" fill="none"'
    ' stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M4.5 6h7M4.5 9.5h5" stroke="currentColor" stroke-width="1.7"/>',
    "meeting": '<circle cx="5" cy="5" r="2.8" fill="currentColor"/>'
    '<circle cx="11.5" cy="5.6" r="2.3" fill="currentColor"/>'
    + solid("M0 14c0-6 10-6 10 0zM10.6 14c.2-2-.5-3.4-1.2-4.3C11.5 8.6 16 9.5 16 14z"),
    "suspension": '<rect x="2" y="2" width="12" height="12" fill="currentColor"/>',
    "message": solid("M1 2h14v9H8l-4 4v-4H1z"),
    "document": PAGE,
    "phone": solid(
        "M3 1h3l1.5 4L5.6 6.6a8 8 0 0 0 3.8 3.8L11 8.5l4 1.5v3a2 2 0 0 1-2 2A12 12 0 0 1 1 3a2 2 0 0 1 2-2z"
    ),
    "email": '<rect x="1" y="3" width="14" height="10" rx="1.5" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"/>' + line("M1.5 4l6.5 5 6.5-5", "1.6"),
    "visit": solid("M8 0a5.5 5.5 0 0 1 5.5 5.5C13.5 10 8 16 8 16S2.5 10 2.5 5.5A5.5 5.5 0 0 1 8 0z")
    + '<circle cx="8" cy="5.5" r="2" fill="#fff"/>',
    "plan": '<rect x="2.5" y="1.5" width="11" height="13" rx="1.5" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"/>'
    + line("M5 6l1.3 1.3L8.5 5M5 11l1.3 1.3L8.5 10M10 6h1.5M10 11h1.5", "1.5"),
    "referral": line("M2 8h10M8.5 3.5L13 8l-4.5 4.5", "2"),
    "measure": line("M1.5 14.5v-13M1.5 14.5h13", "1.7") + line("M4 11l3-4 2.5 2.5L14 3.5", "1.7"),
    "voice": solid("M1 2h14v9H8l-4 4v-4H1z")
    + '<path d="M4.5 5h7M4.5 8h4.5" stroke="#fff" stroke-width="1.4"/>',
    "family": '<circle cx="5" cy="4" r="2.6" fill="currentColor"/>'
    '<circle cx="12" cy="7" r="2" fill="currentColor"/>'
    + solid("M0 15c0-9 10-9 10 0zM10.8 15c.2-1.5 0-3-.6-4.3 2.5-1.8 5.8-.2 5.8 4.3z"),
    "person": '<circle cx="8" cy="4.6" r="3.3" fill="currentColor"/>'
    + solid("M1.5 15.5c0-9 13-9 13 0z"),
    "school": solid("M8 1l7.5 4.5H.5z")
    + solid("M2 7h2.5v6H2zM6.8 7h2.4v6H6.8zM11.5 7H14v6h-2.5zM1 13.8h14V15.5H1z"),
    "calendar": '<rect x="1.5" y="2.5" width="13" height="12" rx="1.5" fill="none"'
    ' stroke="currentColor" stroke-width="1.8"/>' + line("M1.5 6.5h13M5 .5v4M11 .5v4"),
    # Acts and marks.
    "tick": line("M2 8.5l4 4 8-9", "2.4"),
    "cross": line("M3 3l10 10M13 3L3 13", "2.4"),
    "add": line("M8 2v12M2 8h12", "2.4"),
    "search": '<circle cx="6.7" cy="6.7" r="5" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"/>' + line("M10.5 10.5L15 15", "2"),
    "flag": line("M3 1v15", "2") + solid("M3 2h10l-2.5 3.5L13 9H3z"),
    "send": line("M8 10V1.5M4.5 5L8 1.5 11.5 5M1.5 10v4.5h13V10", "1.8"),
    "download": line("M8 1.5V10M4.5 6.5L8 10l3.5-3.5M1.5 10.5v4h13v-4", "1.8"),
    "print": line("M4 5.5V1.5h8v4M4 11.5H1.5v-6h13v6H12", "1.7") + line("M4 9h8v5.5H4z", "1.7"),
    "edit": line("M2 14l.8-3.5L11 2.3l2.7 2.7-8.2 8.2z", "1.7"),
    "history": RING + line("M8 4v4.5l3 1.8"),
    "eye": line("M.8 8C4 2.5 12 2.5 15.2 8 12 13.5 4 13.5 .8 8z", "1.6")
    + '<circle cx="8" cy="8" r="2.3" fill="currentColor"/>',
    "target": RING + '<circle cx="8" cy="8" r="2.6" fill="currentColor"/>',
    "up": solid("M8 3l6 10H2z"),
    "down": solid("M8 13L2 3h12z"),
    "ring": RING,
}
ICONS["shield"] = solid("M8 .5l6.5 2.3v5c0 4-3 6.7-6.5 7.9-3.5-1.2-6.5-3.9-6.5-7.9v-5z")
