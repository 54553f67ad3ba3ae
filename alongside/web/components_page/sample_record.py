"""Invented things for the parts of a record. Must never be read by a real screen."""

from datetime import date

from alongside.web.components_page.sample_base import row

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
