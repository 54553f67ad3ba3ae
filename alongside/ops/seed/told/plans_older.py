"""What the demonstration's plans aim at in secondary schools, and plans where a place is at risk."""

from alongside.ops.seed.told.plans import Planned, Plans

OLDER: Plans = {
    "LEAVING": (
        Planned(
            "Stays in lessons, and says when it is too much",
            (("Uses the exit card, back in 10 minutes", "of 10 times", 1, 8, 10),
             ("Stays for the whole maths lesson", "of 4 a week", 0, 3, 4),
             ("Talks it through within a day", "of 5 incidents", 0, 4, 5)),
            "Every teacher honours the exit card without asking why",
            "Text the form tutor by 8:15 after a hard night",
        ),
        Planned(
            "Is in the room, or where the timetable says",
            (("Full lessons in a day", "of 5", 2, 5, 5),
             ("Signs in at the hub when out", "of 10 times", 0, 8, 10),
             ("Asks for help before leaving", "times a week", 0, 4, 5)),
            "Cover is told the day before, by message and in person",
            "Ask about one lesson a day, the best one",
        ),
        Planned(
            "Finds a way to not know something and stay",
            (("Uses the help card in English", "of 4 a week", 0, 3, 4),
             ("Reads aloud to one adult", "times a week", 0, 3, 3),
             ("Comes back after a walk", "of 10 times", 3, 9, 10)),
            "Nobody is asked to read without having agreed to it",
            "Let the school know when there has been a row, and leave it there",
        ),
        Planned(
            "Has afternoons that are worth staying for",
            (("On site at afternoon register", "of 5 days", 1, 4, 5),
             ("Stays for the first lesson after lunch", "of 5 days", 1, 4, 5),
             ("Uses the agreed place when tired", "of 5 times", 0, 4, 5)),
            "A meal, a job and a person are there at ten to one",
            "Ring the hub if {he} comes home, without asking why at the door",
        ),
        Planned(
            "Trusts that the way back in is open",
            (("Back within five minutes of leaving", "of 10 times", 2, 8, 10),
             ("A daily word with the named adult", "of 5 days", 1, 5, 5),
             ("Lessons without being called back", "of 20 a week", 9, 17, 20)),
            "Nobody calls across a room; the named adult walks over",
            "Say well done for coming back, not why did you leave",
        ),
    ),
    "ABSENCE": (
        Planned(
            "Comes in on time and stays for the morning",
            (("In through the side door by 9", "of 5 days", 1, 4, 5),
             ("Stays until lunch", "of 5 days", 2, 5, 5)),
            "The same adult waits at the side door at 8:50",
            "Pack the bag together the evening before",
        ),
        Planned(
            "Builds back up to a full week, at an agreed pace",
            (("Hours on site in a week", "of 25 hours", 2, 12, 25),
             ("Takes part in the weekly call", "of 4 weeks", 1, 4, 4)),
            "Hours go up only when two weeks have held, and never by surprise",
            "Lights out by eleven on school nights, and the blind up at eight",
        ),
        Planned(
            "Is in on the days that were hardest",
            (("In on a day with PE", "of 4 weeks", 0, 3, 4),
             ("Asks for the quiet place before going home", "of 5 times", 0, 4, 5)),
            "A place to change alone, and a small group for PE",
            "Tell us the night before, if it looks like a bad one",
        ),
        Planned(
            "Gets to school without home falling apart",
            (("In by 9 on the three agreed days", "of 3 a week", 0, 3, 3),
             ("Goes to the young carers’ group", "of 4 weeks", 1, 4, 4)),
            "No detention for a late start on the agreed days",
            "The neighbour takes the little one on Tuesdays and Thursdays",
        ),
        Planned(
            "Knows somebody, and what to work on",
            (("Attends the two chosen subjects", "of 6 a week", 1, 5, 6),
             ("Sits with a friend at break", "of 5 days", 0, 3, 5)),
            "One folder holds what matters, kept by one adult",
            "Go through the folder on Friday, ten minutes, and stop",
        ),
    ),
    "HURTING": (
        Planned(
            "Keeps everybody safe, and asks for help",
            (("Asks for a break before it goes wrong", "of 10 times", 2, 8, 10),
             ("Lunchtimes without an incident", "of 5 days", 1, 4, 5),
             ("Tells an adult what the feeling is", "times a week", 1, 5, 10)),
            "The exit card works at lunch too, and an adult knows where it leads",
            "One evening a week of a game together, win or lose",
        ),
        Planned(
            "Goes to an adult before it becomes a fight",
            (("Reports it on the same day", "of 5 times", 0, 4, 5),
             ("Weeks without a fight", "of 6", 2, 6, 6),
             ("Meets those involved, with an adult", "of 3 meetings", 0, 3, 3)),
            "What is reported is acted on that day, and {he} is told how",
            "No questions until there has been food and an hour’s quiet",
        ),
        Planned(
            "Manages a change of plan without an explosion",
            (("Moves when asked in private", "of 10 times", 2, 8, 10),
             ("Uses the hub and is back in 10 minutes", "of 10 times", 1, 8, 10),
             ("Whole science lessons", "of 3 a week", 1, 3, 3)),
            "Requests are made side by side, in a low voice, and once",
            "Ask, wait, ask again, and let {him} choose the order",
        ),
        Planned(
            "Feels safe on the way home, and gets there",
            (("Days home without trouble", "of 5 days", 2, 5, 5),
             ("Walks away and tells somebody", "of 5 times", 1, 4, 5),
             ("Goes to the club on the agreed days", "of 2 a week", 0, 2, 2)),
            "An adult stands at the bus stop until the second bus has gone",
            "A text when the front door closes behind {him}",
        ),
        Planned(
            "Is known for something other than fights",
            (("Lunch club, start to finish", "of 5 days", 0, 4, 5),
             ("Helps with the younger year", "of 4 weeks", 0, 4, 4),
             ("Stops at the first quiet word", "of 10 times", 3, 8, 10)),
            "A role that matters, with a badge and a time",
            "Come and see the club once, without making a thing of it",
        ),
    ),
    "LOW_MOOD": (
        Planned(
            "Feels part of the school, and has an adult to go to",
            (("Goes to a trusted adult when low", "of 5 times", 0, 4, 5),
             ("Takes part in music club", "of 4 weeks", 0, 4, 4)),
            "Groups are chosen by the teacher, never by picking",
            "Ten minutes together without screens after tea",
        ),
        Planned(
            "Carries less, and does a little each day",
            (("Hands in what was agreed", "of 5 a week", 1, 4, 5),
             ("Takes the two talks with the tutor", "of 2 a week", 0, 2, 2)),
            "Three subjects are enough until the next review; all teachers know",
            "The laptop sleeps in the kitchen",
        ),
        Planned(
            "Is expected somewhere, and missed when away",
            (("Goes to art club", "of 4 weeks", 1, 4, 4),
             ("Eats lunch with somebody", "of 5 days", 0, 3, 5)),
            "One person messages on the day of any absence",
            "A Friday message on the fridge, and a reply to it",
        ),
        Planned(
            "Has words for it before the body does",
            (("Names the feeling on the card", "of 5 days", 1, 4, 5),
             ("Stays in lessons that are loud", "of 6 a week", 2, 5, 6)),
            "The nurse’s card is honoured, and talked about once a week",
            "Ask about the day in the car, not at the table",
        ),
        Planned(
            "Hears that {he} matters, and begins to believe it",
            (("Keeps the weekly talk", "of 6 weeks", 1, 6, 6),
             ("Chooses one thing for the week and does it", "of 6 weeks", 0, 4, 6)),
            "{He} is asked for an opinion each week, and it is used",
            "Plan one small thing for Saturday together",
        ),
    ),
}  # fmt: skip

# A Pastoral Support Plan: the place is at risk, and it says who, when, and what happens if. What the
# school does stands a line each.
AT_RISK = {
    "Primary": (
        (
            "Keeps the place at this school: no further suspension before half a term is out",
            (
                "Class teacher meets {him} at 8:45 and 3:10 each day\n"
                "Lunch is shorter for two weeks and back to full in week 3\n"
                "The reward for five good days is one that {he} chose\n"
                "SENDCo sees home every second Friday, and rings before any suspension"
            ),
            "Collect within 30 minutes if rung, and hear about the good part of the day first",
        ),
        (
            "Settled at play and in the room, so that the place at this school is secure",
            (
                "A named adult is beside {him} at every playtime\n"
                "The day starts in the nurture room, until 9:20\n"
                "The calm place is used before it is needed\n"
                "No new sanction without a word with the SENDCo"
            ),
            "Sign the day card each evening, and come to the meeting every second week",
        ),
        (
            "Stays a member of this class: mornings full, afternoons built back step by step",
            (
                "Full mornings from day one, with the same two adults\n"
                "One afternoon more for each week that holds\n"
                "The headteacher gives the Friday certificate in person\n"
                "After an incident: put it right on the same day, then a fresh start"
            ),
            "Keep afternoons at home quiet and dull, and bring {him} on time at 8:40",
        ),
    ),
    "Secondary": (
        (
            "Keeps the place at this school: no further suspension before half a term is out",
            (
                "The named mentor meets {him} at 8:30 and 3:05\n"
                "A report card with one target a lesson, shown to the mentor\n"
                "Two lessons a week are in the workshop instead\n"
                "Suspension only after a call to the mentor and to home"
            ),
            "Read and sign the card each evening, and come in every second Friday at 8:15",
        ),
        (
            "Back to a full timetable and off the headteacher’s list of pupils at risk",
            (
                "A seat and a pass are agreed with every teacher\n"
                "A talk that puts it right takes the place of detention\n"
                "Friday in technology is the reward for a week on target\n"
                "The SENDCo checks reading, and what help exams would need"
            ),
            "The phone stays at home or in the hub; ring the mentor before coming to reception",
        ),
        (
            "Stays on roll and in lessons to the end of term, with the help that {he} asked for",
            (
                "The mentor meets {him} before the two hardest lessons\n"
                "Lunch is in the club, with one friend\n"
                "What works is sent to all staff each Monday\n"
                "A walk with the mentor comes before any talk of consequences"
            ),
            "One adult at home hears from the mentor each Wednesday, whatever the news",
        ),
    ),
}
