"""What the demonstration's plans aim at, and how it is measured: primary schools."""

from dataclasses import dataclass

Measured = tuple[str, str, int, int, int]  # Text, unit, start, goal, most.


@dataclass(frozen=True)
class Planned:
    """One plan: its aim, its targets, and what school and family do for them."""

    aim: str
    targets: tuple[Measured, ...]
    school_action: str
    family_action: str


Plans = dict[str, tuple[Planned, ...]]

YOUNG: Plans = {
    "LEAVING": (
        Planned(
            "Stays in lessons, and says when it is too much",
            (("Uses the exit card, back in 10 minutes", "of 10 times", 1, 8, 10),
             ("Stays for the whole maths lesson", "of 5 a week", 0, 4, 5),
             ("Talks it through on the same day", "of 5 incidents", 0, 4, 5)),
            "Every adult honours the exit card without asking why",
            "Text the school by 8:15 after a hard night",
        ),
        Planned(
            "Feels safe enough in the room to learn there",
            (("Shows the red card before leaving", "of 10 times", 0, 7, 10),
             ("Sits through assembly at the end of the row", "of 3 a week", 0, 3, 3),
             ("Finishes the first task of the morning", "of 5 days", 1, 4, 5)),
            "The picture strip is on the table by 8:45 and gone through together",
            "Look at the picture strip for tomorrow at bedtime",
        ),
        Planned(
            "Starts work, and goes on after a mistake",
            (("Begins within two minutes", "of 10 tasks", 2, 7, 10),
             ("Goes to the chosen place, and nowhere else", "of 5 times", 0, 4, 5),
             ("Leaves a mistake in", "pieces a week", 0, 3, 5)),
            "The first line of every task is done side by side",
            "Let a mistake stand at home as well, and laugh about one of yours",
        ),
        Planned(
            "Knows what is coming, and manages the change",
            (("Moves to the next activity with one reminder", "of 10 times", 2, 8, 10),
             ("Stays for the class story", "of 5 days", 1, 4, 5),
             ("Comes back in by choice", "of 5 times", 0, 4, 5)),
            "A change of plan is told at the door, in person, before anybody else",
            "Tell the class teacher of a change at home before it happens",
        ),
    ),
    "ABSENCE": (
        Planned(
            "Comes in on time and stays for the morning",
            (("In through the garden door by 9", "of 5 days", 1, 4, 5),
             ("Stays until lunch", "of 5 days", 2, 5, 5)),
            "The same adult waits at the garden door at 8:50",
            "Keep the morning card on the fridge and tick it together",
        ),
        Planned(
            "Says goodbye at the gate and settles within ten minutes",
            (("Walks in from the gate", "of 5 days", 0, 4, 5),
             ("Joins the first activity by 9:15", "of 5 days", 1, 4, 5)),
            "A job is ready at 8:45, with another child to do it with",
            "One hug, one wave, and leave while it goes well",
        ),
        Planned(
            "Is in school on Mondays as on other days",
            (("In by 9 on a Monday", "of 4 weeks", 0, 3, 4),
             ("Says what the worry is, in words or a picture", "times a week", 0, 3, 5)),
            "Monday begins with the lesson that goes best",
            "Lay the clothes out on Sunday before tea, then leave the subject",
        ),
        Planned(
            "Has a place in the class again, and knows what they are learning",
            (("In for the whole day", "of 5 days", 1, 4, 5),
             ("Catches up with one missed piece", "a week", 0, 2, 3)),
            "The tray, the peg and the place at the table stay as they are",
            "Ring by 8:15, and we will say together what happens next",
        ),
    ),
    "HURTING": (
        Planned(
            "Keeps hands safe, and asks for help",
            (("Asks for a break before hands go", "of 10 times", 2, 8, 10),
             ("Plays a whole game at lunch", "of 5 days", 1, 4, 5),
             ("Says to an adult what the feeling is", "times a week", 1, 5, 10)),
            "A lunchtime adult runs one game a day with clear rules",
            "Practise losing at a board game, once a week",
        ),
        Planned(
            "Manages a crowd, and says when it is too close",
            (("Uses the stop sign or the words", "of 10 times", 1, 7, 10),
             ("Waits in the line without hurting", "of 5 days", 2, 5, 5),
             ("Eats lunch with two others", "of 5 days", 0, 4, 5)),
            "Lunch begins five minutes early, with a partner",
            "Say the three words at home too: stop, too close",
        ),
        Planned(
            "Can stop, even when it is going well",
            (("Stops at the second warning", "of 10 times", 2, 8, 10),
             ("Uses the quiet room, then comes back", "of 5 times", 1, 4, 5),
             ("Puts things right afterwards", "of 5 times", 2, 5, 5)),
            "Two warnings before anything ends, always the same words",
            "Use the same two warnings before the tablet goes off",
        ),
        Planned(
            "Plays with others, and everybody goes home unhurt",
            (("A whole playtime without hurting", "of 10 times", 3, 9, 10),
             ("Chooses a calm-down from the three cards", "of 5 times", 0, 4, 5),
             ("Tells an adult what happened, first time", "of 5 times", 1, 4, 5)),
            "Hears the whole of it before anybody speaks of a consequence",
            "Praise one kind thing a day, and say what it was",
        ),
    ),
    "LOW_MOOD": (
        Planned(
            "Feels part of the class, and has an adult to go to",
            (("Goes to a trusted adult when low", "of 5 times", 0, 4, 5),
             ("Takes part in music club", "of 4 weeks", 0, 4, 4)),
            "Groups are chosen by the teacher, never by picking",
            "Ten minutes together without screens after tea",
        ),
        Planned(
            "Is heard, by card, by board or by voice",
            (("Answers in a way of {his} choosing", "of 10 times", 2, 8, 10),
             ("Eats lunch with the group", "of 5 days", 2, 5, 5)),
            "Nobody is asked to speak without a minute’s warning",
            "Let the cat, the drawing or the silence come first",
        ),
        Planned(
            "Has a friend to look for at the start of the day",
            (("Plays with somebody for ten minutes", "of 5 days", 0, 4, 5),
             ("Says one thing that went well", "of 5 days", 1, 5, 5)),
            "A buddy who wants to, and a game that needs two",
            "One child to tea, on a day that is chosen together",
        ),
        Planned(
            "Thinks more kindly of {himself}",
            (("Keeps a piece of work for the wall", "of 4 weeks", 0, 3, 4),
             ("Uses the worry book and shows it", "times a week", 0, 3, 5)),
            "One true thing a day, said quietly and in private",
            "Read the Friday note aloud, all of it",
        ),
    ),
}  # fmt: skip
