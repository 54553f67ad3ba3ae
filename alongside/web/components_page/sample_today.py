"""Invented things for the parts of Today. Must never be read by a real screen."""

from alongside.web.components_page.sample_base import row

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
