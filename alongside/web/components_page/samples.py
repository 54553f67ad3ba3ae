"""Invented things to show each component with. Must never be read by a real screen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Answer:
    """Stands for a policy's decision."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def row(**facts: Any) -> dict[str, Any]:
    """A dictionary written as keywords."""
    return facts


SAMPLE_BANNER = row(
    name="Robin Showcase",
    who="Year 9 · 13 years 8 months · born 14 March 2013 · he, him",
    facts=[
        row(label="On roll and responsible", value="Chalkhill High School", url="#"),
        row(label="Fridays", value="Orchard Centre, to 18 Dec"),
        row(label="Lead worker", value="Dana Mockridge"),
    ],
    flags=[
        row(word="Safety plan: read first", kind="act", icon="soon"),
        row(word="Do not contact father", kind="act", icon="declined"),
        row(word="SEN support: SEMH", kind="know", icon="info"),
        row(word="Social worker: restricted", kind="restricted", icon="restricted"),
        row(word="Exit card", kind="know", icon="tick"),
    ],
    clocks=[
        row(
            name="Plan review", state="soon", figure="3", unit="school days", line="due Fri 27 Nov"
        ),
        row(
            name="Suspensions",
            state="overdue",
            figure="2.5",
            unit="days",
            line="before 15 this term",
        ),
    ],
)

SAMPLE_TABS = [
    row(label="Overview", url="#", is_current=True),
    row(label="Chronology", count=148, url="#"),
    row(label="Plan", count="v3", url="#"),
    row(label="Sessions", count=40, url="#"),
    row(label="Suspensions and clocks", count=6, url="#"),
    row(label="Meetings", count=9, url="#"),
    row(label="Family", url="#"),
    row(label="Documents", count=22, url="#"),
    row(label="Who has looked", url="#"),
]

JOBS = [
    row(
        state="overdue",
        word="Overdue",
        what="Send the board papers to Morgan Samplewood’s parent",
        url="#",
        why="Were due Wed 18 Nov, 5 school days before the meeting tomorrow at 4pm",
        left="4 late",
        unit="school days",
    ),
    row(
        state="soon",
        word="Today",
        what="Write up Friday’s visit: Priya Mockford",
        url="#",
        why="Case notes within 2 school days. You have a draft of 3 lines",
        left="Today",
        unit="by 5pm",
    ),
    row(
        state="soon",
        word="This week",
        what="Review the plan: Robin Showcase",
        url="#",
        why="6 weeks from Fri 16 Oct. Meeting booked Thu 26 Nov, 2:30pm",
        left="3 left",
        unit="school days",
    ),
    row(
        state="waiting",
        word="Next week",
        what="Send the panel pack: Robin Showcase",
        url="#",
        why="By noon Mon 30 Nov for the placement panel on 7 Dec. 7 of 9 parts ready",
        left="4 left",
        unit="school days",
    ),
]

DUE = [
    row(
        on=date(2026, 11, 27),
        what="Review his plan",
        url="#",
        why="6 weeks from 16 Oct. Our standard",
        left="3 left",
        unit="school days",
        state="soon",
    ),
    row(
        on=date(2026, 11, 30),
        what="Send the panel pack, by noon",
        url="#",
        why="7 days before panel on 7 Dec",
        left="4 left",
        unit="school days",
        state="soon",
    ),
    row(
        on=date(2026, 12, 18),
        what="Orchard Centre days end",
        url="#",
        why="12 weeks from 25 Sep. Review first",
        left="18 left",
        unit="school days",
        state="waiting",
    ),
    row(
        on=date(2027, 1, 15),
        what="Board considers mum’s request",
        url="#",
        why="50 days from 14 Oct, 23 used. Law",
        left="27 left",
        unit="school days",
        state="waiting",
    ),
]

PROFILE = row(
    quote="If I go quiet I’m not being rude. I’m trying.",
    quoted="Robin, 2 Nov",
    helps=[
        "Tell him about a change before it happens",
        "A seat by the door, his back to the wall",
        "Two minutes with Mr Exemplar before maths",
        "Jokes, football, his dog Biscuit",
    ],
    avoid=[
        "Asking him to explain in front of others",
        "Standing over him, or blocking the door",
        "Touching his bag or hood",
    ],
)

PEOPLE = [
    row(name="Jo Showcase", role="Mum. Agreed the plan. Text after 3pm"),
    row(name="Mr T. Exemplar", role="Head of Year 9. His safe person"),
    row(name="Ms P. Sampleton", role="SENDCo, Chalkhill High"),
    row(name="Dana Mockridge", role="Outreach. Mondays, Thursdays"),
    row(name="Social worker", role="Restricted: ask the DSL"),
    row(name="Psychologist", role="Asked Mon 9 Nov, no date yet"),
]

LATELY = [
    row(
        on=date(2026, 11, 23),
        icon="session",
        text="One-to-one. Used the exit card twice, back in 6 minutes.",
        note="Dana M",
    ),
    row(
        on=date(2026, 11, 20),
        icon="meeting",
        text="Return meeting with mum and Mr Exemplar: 3 actions.",
        note="Shared with school",
    ),
    row(
        on=date(2026, 11, 18),
        icon="suspension",
        text="Suspended 2 days. Left maths, swore at staff.",
        note="School’s words",
    ),
    row(
        on=date(2026, 11, 17),
        icon="message",
        text="Mum rang: mornings are hard since the move.",
        note="Not shared with school",
    ),
    row(on=date(2026, 11, 16), is_restricted=True, ask="To know more, ask K. Sampler, DSL."),
    row(
        on=date(2026, 11, 12),
        icon="document",
        text="Mum asked the board to consider the suspension.",
        note="Letter",
    ),
]

STOPS = [
    row(
        start="9:00",
        end="9:50",
        name="Robin Showcase",
        url="#",
        what="one-to-one",
        where="Chalkhill High School, room 14",
        note="Cover teacher in maths today: tell him before 9:20",
    ),
    row(
        start="10:15",
        end="11:15",
        name="Getting through lunch",
        what="group of 5",
        where="Chalkhill High School, the Hub",
    ),
    row(travel="20 minutes’ drive"),
    row(
        start="12:30",
        end="1:15",
        name="Priya Mockford",
        url="#",
        what="watch a science lesson",
        where="St Example’s RC School, lab 2",
        note="Sit at the back. She has asked not to be spoken to in class",
        note_kind="know",
    ),
    row(travel="15 minutes’ drive"),
    row(
        start="2:30",
        end="3:30",
        name="Jamie Fixture",
        url="#",
        what="home visit",
        where="14 Sample Road, with Imran Testwell",
        note="Two-person visit. Read the visit note, check in when you arrive",
        is_home=True,
    ),
]

ITEMS = [
    row(
        icon="document",
        text="Agree the plan for",
        name="Zara Testwell",
        url="#",
        note="From Imran Testwell, Mon 23 Nov",
        button="Read",
        button_url="#",
    ),
    row(
        icon="message",
        text="“Can the exit card cover period 4 too?”",
        name="Robin Showcase",
        url="#",
        note="From Ms P. Sampleton, SENDCo, Mon 4:52pm",
        button="Reply",
        button_url="#",
    ),
    row(
        icon="restricted",
        tone="t-rest",
        text="Your concern was read by K. Sampler, DSL",
        note="Chalkhill High School, Mon 4:20pm. What follows is restricted",
    ),
]

CHIPS = [
    row(figure=2, word="overdue", state="overdue", url="#jobs"),
    row(figure=3, word="due this week", state="soon", url="#jobs"),
    row(figure=4, word="visits today", state=""),
    row(figure=3, word="waiting for you", state=""),
]

FACTS = [
    row(label="Named worker", value="Dana Mockridge"),
    row(label="Last contact", value="Yesterday, SENDCo"),
    row(label="Last met the head", value="34 school days ago", state="soon"),
    row(label="Open cases", value="5, and 2 waiting"),
    row(label="Suspensions file", value="Fri 20 Nov, no errors"),
]

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
    theirs_at="10:38",
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
