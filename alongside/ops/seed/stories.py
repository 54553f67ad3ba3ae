"""What the demonstration's people write: short, plain, and about what happened, not what he is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One child's worries, words, targets and actions, told in few lines."""

    sex: str  # Of the child: what is written says he or she.
    worry: str
    incident: str
    going_well: str
    tried: tuple[tuple[str, str], ...]
    barrier: str
    strength: str
    trigger: str
    helps: tuple[str, ...]
    avoids: tuple[str, ...]
    words_first: str
    words_last: str
    aim: str
    targets: tuple[tuple[str, str, int, int, int], ...]  # Text, unit, start, goal, most.
    school_action: str
    family_action: str
    family_words: str
    belongs: tuple[str, str, str] = (  # At the start, at a review and at the end.
        "I do not know where to stand at break.",
        "It is better when I have a job.",
        "They keep me a place.",
    )


STORIES = (
    Story(
        sex="M",
        worry="LEAVING",
        incident="Left maths after eight minutes when asked to read aloud. Walked the corridor until"
        " the bell. Came back with his head of year.",
        going_well="Comes in every morning by 8:30. Loves art and helps set up. Two good friends.",
        tried=(("Check-in with tutor, later start on Mondays", "Late marks 6 to 2 a fortnight"),
               ("Calm space at lunch, quiet seat in maths", "Left fewer lessons, still maths")),
        barrier="Finds reading aloud in front of others very hard",
        strength="Explains things kindly to younger pupils",
        trigger="A change that nobody told him about",
        helps=("Tell me about a change before it happens", "A seat by the door, my back to the wall",
               "Two minutes with Mr Exemplar before maths", "Jokes, football, my dog Biscuit"),
        avoids=("Asking me to explain in front of others", "Standing over me", "Touching my bag"),
        words_first="If I go quiet I’m not being rude. I’m trying.",
        words_last="I can do a whole maths lesson now. Nearly always.",
        aim="Stays in lessons, and says when it is too much",
        targets=(("Uses the exit card, back in 10 minutes", "of 10 times", 1, 8, 10),
                 ("Stays for the whole maths lesson", "of 4 a week", 0, 3, 4),
                 ("Talks it through within a day", "of 5 incidents", 0, 4, 5)),
        school_action="Every teacher honours the exit card without asking why",
        family_action="Text the form tutor by 8:15 after a hard night",
        family_words="We want him to feel somebody is on his side.",
    ),
    Story(
        sex="F",
        worry="ABSENCE",
        incident="In for 11 of 20 days. On the other days she was dressed and ready, then could not"
        " leave the house. Mum carried her coat back in.",
        going_well="Reads far ahead of her year. Feeds the class guinea pig.",
        tried=(("Met at the gate by the same adult", "In by 9:20 on most days"),
               ("Shorter mornings, agreed with mum", "Attendance 55% to 70%")),
        barrier="Worry about the playground before school",
        strength="Notices when somebody else is left out",
        trigger="A supply teacher, or a fire alarm",
        helps=("The same face at the gate", "A job to do when I come in", "My book in my bag"),
        avoids=("Asking where I have been", "Being last to the carpet"),
        words_first="My tummy says no before I do.",
        words_last="I go in by the garden door. I like that it is mine.",
        aim="Comes in on time and stays for the morning",
        targets=(("In through the garden door by 9", "of 5 days", 1, 4, 5),
                 ("Stays until lunch", "of 5 days", 2, 5, 5)),
        school_action="The same adult meets her at the garden door at 8:50",
        family_action="Keep the morning card on the fridge and tick it together",
        family_words="The mornings have been awful for all of us.",
    ),
    Story(
        sex="M",
        worry="HURTING",
        incident="Pushed a boy off the climbing frame after losing a game. Sorry within minutes."
        " No injury. The third time this half-term.",
        going_well="Proud of his football. Kind to the nursery children.",
        tried=(("Adult-led games at lunch", "Two incidents a week to one"),
               ("Feelings chart with his class teacher", "Names angry and sad, not yet worried")),
        barrier="Goes from calm to furious without a step between",
        strength="Says sorry and means it",
        trigger="Losing, or thinking that he is being laughed at",
        helps=("Run an errand when my hands are tight", "A count of five", "Winning at something small"),
        avoids=("Telling me off in front of my team", "Holding my arm"),
        words_first="My hands go before I know.",
        words_last="I squeeze the ball. Then I go to Miss.",
        aim="Keeps his hands safe, and asks for help",
        targets=(("Asks for a break before hands go", "of 10 times", 2, 8, 10),
                 ("Plays a whole game at lunch", "of 5 days", 1, 4, 5),
                 ("Names what he feels to an adult", "times a week", 1, 5, 10)),
        school_action="A lunchtime adult runs one game a day with clear rules",
        family_action="Practise losing at a board game, once a week",
        family_words="He is a lovely boy and he is frightened of himself.",
    ),
    Story(
        sex="F",
        worry="LOW_MOOD",
        incident="Found crying in the toilets twice this week. Said she wanted to be nowhere. The DSL"
        " has been told and has spoken with home.",
        going_well="Plays the keyboard at lunch. Trusts Ms Sampler.",
        tried=(("A quiet room at break, with a friend", "Used it four days in five"),
               ("Time with the pastoral lead each Friday", "Talks more, eats more")),
        barrier="Believes that nobody would notice if she was away",
        strength="Writes songs, and shares them when asked gently",
        trigger="Group work where she is picked last",
        helps=("Ask me about my songs", "Put me in a group before you call it out", "Text mum good news"),
        avoids=("Asking if I am all right in front of people", "Surprise presentations"),
        words_first="I feel like a ghost in corridors.",
        words_last="Two people say hi now. I say it back.",
        aim="Feels she belongs, and has an adult to go to",
        targets=(("Goes to a trusted adult when low", "of 5 times", 0, 4, 5),
                 ("Takes part in music club", "of 4 weeks", 0, 4, 4)),
        school_action="Groups are chosen by the teacher, never by picking",
        family_action="Ten minutes together without screens after tea",
        family_words="She used to sing in the kitchen.",
    ),
)  # fmt: skip
