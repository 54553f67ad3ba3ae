"""Invented things for lists, forms and acts. Must never be read by a real screen."""

from datetime import date
from typing import Any

from alongside.web.components_page.sample_base import Answer, row

CRITERIA = row(
    met=3,
    needed=5,
    line="You may send it now, but it is likely to come back.",
    items=[
        row(state="met", text="On roll at a school here", note="Met. Marlpit Academy"),
        row(state="met", text="Parent has agreed", note="Met. Text message, 19 Nov"),
        row(state="met", text="Has had a plan at school", note="Met. Since 14 Sep"),
        row(
            state="soon",
            text="Two plan reviews, one found",
            note="Not yet met.",
            url="#form",
            link="Add the second review",
        ),
        row(
            state="overdue",
            text="At least 5 days suspended this term",
            note="Cannot tell.",
            url="#id_days",
            link="You wrote 61: check it",
        ),
        row(
            state="waiting",
            text="A teacher’s rating in the last 6 weeks",
            note="Not needed to send. Speeds the decision",
        ),
    ],
)

SECTIONS = [
    row(title="1 The pupil", url="#form", note="Complete", state="met"),
    row(
        title="2 What is happening",
        url="#form",
        note="2 things to fix",
        state="overdue",
        is_current=True,
    ),
    row(title="3 What has been tried", url="#form", note="1 of 2 reviews", state="soon"),
    row(title="4 Family", url="#form", note="Agreed 19 Nov", state="met"),
    row(title="5 Papers", url="#form", note="Not started", state="waiting"),
]

VIEWS = [
    row(label="My lead", count=10, url="#list", is_current=True),
    row(label="Everyone", count=14, url="#list"),
    row(label="Not seen in 10 days", count=3, url="#list"),
    row(label="Closing soon", count=2, url="#list"),
]

FILTER = row(
    selected=[row(label="Chalkhill High", remove_url="#list")],
    clear_url="#list",
    keep={},
    groups=[
        row(legend="Name or UPN", name="name", kind="search", value=""),
        row(
            legend="School",
            name="school",
            kind="checkbox",
            options=[
                row(value="1", label="Chalkhill High", count=4, is_chosen=True),
                row(value="2", label="Marlpit Academy", count=3),
                row(value="3", label="St Example’s RC", count=3),
            ],
        ),
        row(
            legend="Year group",
            name="year",
            kind="select",
            options=[
                row(value="", label="Any"),
                row(value="7", label="Year 7"),
                row(value="8", label="Year 8"),
            ],
        ),
    ],
)


def caseload(
    name: str, school: str, reasons: list[tuple[str, str]], seen: str, next_on: str, **more: Any
) -> Any:
    """One row of the caseload table."""
    return row(
        is_on=more.get("is_on", False),
        cells=[
            row(text=name, url="#list", second=school),
            row(text="", reasons=[row(state=state, text=text) for state, text in reasons]),
            row(text=seen, second=more.get("how", "Session")),
            row(text=next_on, second=more.get("left", ""), state=more.get("state", "")),
        ],
    )


TABLE = row(
    caption="Caseload, most pressing first",
    columns=[
        row(label="Pupil", sort_url="#list"),
        row(label="Why here", sort_url="#list", direction="descending"),
        row(label="Last contact"),
        row(label="Next review"),
    ],
    rows=[
        caseload(
            "Robin Showcase",
            "Year 9, Chalkhill High",
            [("overdue", "2.5 days from the 15-day limit"), ("soon", "Panel pack due Mon 30 Nov")],
            "Yesterday",
            "Fri 27 Nov",
            state="soon",
            left="3 days left",
            is_on=True,
        ),
        caseload(
            "Morgan Samplewood",
            "Year 10, Marlpit Academy",
            [("overdue", "Board papers 4 days late"), ("soon", "Board meets tomorrow")],
            "Thu 19 Nov",
            "Tue 8 Dec",
            left="10 days left",
            how="Rang parent",
        ),
        caseload(
            "Leo Sampler",
            "Year 7, Chalkhill High",
            [("overdue", "Plan review 2 days late"), ("soon", "Psychologist’s advice is in")],
            "Wed 18 Nov",
            "Fri 20 Nov",
            state="overdue",
            left="2 days late",
        ),
    ],
)

PAGES = row(
    summary="Pupils 51 to 100 of about 380",
    previous_url="#list",
    next_url="#list",
    first_url="#list",
)

SUMMARY = [
    row(label="Pupil", value="Noor Sampleton, Year 7", url="#form"),
    row(label="Main worry", value="Leaving lessons", url="#form"),
    row(label="Family agreed", value="Yes, by text message on 19 November", url="#form"),
    row(label="Sent by", value="Ms P. Sampleton, SENDCo"),
]

TASKS = [
    row(what="Read the school’s papers", url="#", state="met", word="Done"),
    row(what="Ring the family", url="#", note="Within 2 school days", state="soon", word="Due Thu"),
    row(what="Agree the first visit", url="#", state="waiting", word="Not yet"),
]

CONFLICT = row(
    theirs_by="Imran Testwell",
    who_and_when="Imran Testwell saved this at 10:38am",
    version=7,
    fields=[
        row(
            name="summary",
            label="What changed since the last review",
            mine="Uses his exit card most days.\nBack in lesson within 10 minutes.",
            theirs="Uses his exit card. Two lessons missed this week.",
            is_mine=True,
        ),
        row(name="next", label="Next step", mine="Carry on", theirs="Step down", is_mine=False),
    ],
)

PROGRESS = row(
    title="Reading the class list", done=612, total=1012, unit="rows", line="3 doubtful so far."
)

FILES = [
    row(
        name="Psychologist’s report.pdf",
        url="#",
        kind="PDF",
        size="214 KB",
        by="Dr A. Mock",
        on=date(2026, 11, 20),
        state="met",
        word="Checked",
    ),
    row(
        name="Pastoral plan, spring.docx", url="#", kind="Word", size="38 KB", by="Ms P. Sampleton"
    ),
    row(
        name="Photograph.heic",
        kind="Picture",
        size="4 MB",
        note="Being checked for viruses",
        state="waiting",
        word="Waiting",
    ),
]

MAY = Answer(True)

MAY_NOT = Answer(
    False, "The plan is not agreed by the family yet. Ask Jo Showcase, or note why it cannot wait."
)
