"""What the demonstration's schools and families tell of a child: worry, strengths, and what was tried.

Braces stand for the pronoun of whichever child it is told of.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """What a school writes when it refers, and what the family says of it."""

    incident: str
    going_well: str
    tried: tuple[tuple[str, str], tuple[str, str]]  # What was done, and what changed.
    barrier: str
    strength: str
    trigger: str
    family_words: str


Troubles = dict[str, tuple[Trouble, ...]]

YOUNG: Troubles = {
    "LEAVING": (
        Trouble(
            "Left maths after eight minutes when asked to read aloud. Sat in the cloakroom until"
            " play. Came back with {his} teaching assistant.",
            "Comes in every morning by 8:30. Loves art and helps set up. Two good friends.",
            (("Check-in with {his} teacher, a soft start on Mondays",
              "Late marks 6 to 2 a fortnight"),
             ("Calm space at lunch, quiet seat in maths", "Left fewer lessons, still maths")),
            "Finds reading aloud in front of others very hard",
            "Explains things kindly to younger pupils",
            "A change that nobody spoke of beforehand",
            "We want {him} to feel somebody is on {his} side.",
        ),
        Trouble(
            "Ran from the hall when the singing began and was found behind the bins, shaking. It"
            " took twenty minutes to walk back in.",
            "Builds for hours. Knows every bird in the wood. Kind to the caretaker’s dog.",
            (("Ear defenders and a seat at the end of the row", "Stays for half of assembly"),
             ("A picture strip for the day, checked at nine", "Leaves twice a week, was daily")),
            "Noise hurts before anybody else notices it",
            "Remembers what everybody else has forgotten",
            "The hall, the dinner queue and wet play",
            "At home {he} is the quiet one. We do not see this.",
        ),
        Trouble(
            "Put the pencil down, said no, and left through the fire door in the middle of writing."
            " Was at the top of the field when an adult reached {him}.",
            "First to put a hand up in science. Looks after the pond.",
            (("Writing in two short goes with a break between", "Finishes one piece in three"),
             ("A safe place that {he} chose, with a timer", "Goes there, and not over the fence")),
            "Thinks that a mistake means starting again",
            "Notices how things work",
            "A blank page, or a crossing-out that others can see",
            "{He} tears up the good ones too.",
        ),
    ),
    "ABSENCE": (
        Trouble(
            "In for 11 of 20 days. On the other days {he} was dressed and ready, then could not"
            " leave the house. Mum carried the coat back in.",
            "Reads far ahead of the class. Feeds the class guinea pig.",
            (("Met at the gate by the same adult", "In by 9:20 on most days"),
             ("Shorter mornings, agreed with mum", "Attendance 55% to 70%")),
            "Worry about the playground before school",
            "Notices when somebody else is left out",
            "A supply teacher, or a fire alarm",
            "The mornings have been awful for all of us.",
        ),
        Trouble(
            "Held on to the car seat for half an hour and was sick on the path. Went home. It was"
            " the fourth Monday of five.",
            "Once in, joins in with everything. Has a lovely sense of humour.",
            (("A phone call at lunch with whoever is at home", "Stays all day when in"),
             ("A start at ten on Mondays only", "In on three Mondays of five")),
            "Worry about who is at home and whether they are well",
            "Makes new children welcome",
            "Sunday evening, and anything said about hospital",
            "{He} asks me each night if I will still be here.",
        ),
        Trouble(
            "Absent for seven days in a row. The family says stomach aches; the doctor"
            " finds nothing that would keep {him} at home.",
            "Good at number. Sings in the choir, and came in for every practice.",
            (("A visit at home by the class teacher", "Came in the next day, and the one after"),
             ("A job with the register at 8:45", "Attendance 60% to 72%")),
            "Has lost the thread of what the class is doing",
            "Goes on trying when something is hard",
            "Being asked where {he} has been",
            "We need somebody to tell us it is not our fault.",
        ),
    ),
    "HURTING": (
        Trouble(
            "Pushed a child off the climbing frame after losing a game. Sorry within minutes."
            " No injury. The third time this half-term.",
            "Proud of the football team. Kind to the nursery children.",
            (("Adult-led games at lunch", "Two incidents a week to one"),
             ("Feelings chart with the class teacher", "Names angry and sad, not yet worried")),
            "Goes from calm to furious without a step between",
            "Says sorry and means it",
            "Losing, or thinking that people are laughing",
            "{He} is a lovely child, and frightened of {himself}.",
        ),
        Trouble(
            "Bit another child’s arm in the line for dinner. Skin not broken. Hid under a table for"
            " the rest of lunch and would not come out for anybody.",
            "Wonderful outdoors and with water. Waits well when the wait can be seen.",
            (("First in the line, next to an adult", "No biting at dinner for two weeks"),
             ("A bracelet to chew, and a break at eleven", "Four incidents a week to two")),
            "Cannot yet find words when others come too close",
            "Looks after what is broken",
            "Crowding, and hands near the face",
            "It only happens when {he} is tired. {He} is so tired.",
        ),
        Trouble(
            "Threw a chair when a computer was switched off. It hit nobody. Cried, and helped an"
            " adult to put the room back.",
            "Teaches others to use the tablets. A fast and fair runner.",
            (("Two warnings before anything ends", "Stops without trouble on most days"),
             ("A quiet room after lunch", "One thrown thing a week, was one a day")),
            "Endings arrive before {he} is ready for them",
            "Helps to put things right afterwards",
            "Being stopped half-way through",
            "We count down from five at home. It works if you start early.",
        ),
    ),
    "LOW_MOOD": (
        Trouble(
            "Found crying in the cloakroom twice this week. Said it would be better to be nowhere."
            " The DSL has been told and has spoken with home.",
            "Plays the keyboard at lunch. Trusts the class teacher.",
            (("A quiet room at play, with a friend", "Used it four days in five"),
             ("Time with the learning mentor each Friday", "Talks more, eats more")),
            "Believes that nobody would notice an empty chair",
            "Makes up songs, and shares them when asked gently",
            "Being picked last",
            "There used to be singing in our kitchen.",
        ),
        Trouble(
            "Has stopped talking in class this term. Nods, or looks at the floor. Ate nothing"
            " at lunch on three days of five.",
            "Draws all the time. Will whisper to one friend.",
            (("Answers by card or on a small board", "Answered six times in a week"),
             ("Lunch in a group of four", "Eats with them on most days")),
            "Worry about saying the wrong thing",
            "Draws what cannot be said",
            "A direct question in front of the class",
            "{He} talks to the cat. We listen at the door.",
        ),
        Trouble(
            "Wrote on a worksheet that everybody would be happier alone. Told an adult, calmly, that"
            " it was true. The DSL has been told and has spoken with home.",
            "Careful, neat, and good at finishing. Loves the library.",
            (("A book talk with the librarian each week", "Never misses it"),
             ("A buddy in Year 6 at play", "On the bench alone twice a week, was daily")),
            "Has no friend in the class since one moved away",
            "Keeps a promise",
            "Partner work, and birthdays",
            "We moved three times. {He} never complained once.",
        ),
    ),
}  # fmt: skip
