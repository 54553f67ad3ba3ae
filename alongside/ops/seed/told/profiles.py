"""What helps, what does not, and what one likes: lines of the demonstration's one-page profiles.

No member of staff is named in them: a child may change school, and the profile goes along.
"""

Lines = tuple[str, ...]
Told = dict[str, Lines]

# By main worry, then what holds for anybody of that age, then what each likes best.
HELPS_YOUNG: Told = {
    "LEAVING": (
        "Tell me about a change before it happens", "Show me what is next on the pictures",
        "Let me sit by the door", "Let me do the first one with you", "Headphones when it is loud",
    ),
    "ABSENCE": (
        "The same face at the gate", "A job to do when I come in", "Come in before the others do",
        "Let me ring home at lunch if I need to", "Walk in beside me, not behind me",
    ),
    "HURTING": (
        "Run an errand when my hands are tight", "Something to squeeze", "A count of five with you",
        "Give me the end of the line", "Let me win at something small",
    ),
    "LOW_MOOD": (
        "Put me in a group before you call it out", "Say hello to me first",
        "Look at my book with me", "A friend chosen for me at play", "Read me the note from home",
    ),
}  # fmt: skip
HELPS_OLDER: Told = {
    "LEAVING": (
        "Tell me about a change before it happens", "A seat by the door, my back to the wall",
        "Two minutes with my tutor before maths", "The pass, and no questions on the way out",
        "Tell me the day before about cover", "Hand marks back folded",
    ),
    "ABSENCE": (
        "Side door, five minutes early", "Send me the work for the lesson before I come back to it",
        "The same adult at reception", "Start me on the lesson that I like",
        "Agree how long I stay before I arrive", "Let me sit with the person I know",
    ),
    "HURTING": (
        "Ask me if I want the hub", "Give me an errand when you see my jaw go",
        "Talk to me on a good day", "Let me keep my bag where nobody touches it",
        "Step back and give me a minute", "A club at lunch, with something to do",
    ),
    "LOW_MOOD": (
        "Put me in a pair before you call it out", "A message home when something went well",
        "Let me use the cards when talking is too much", "Ask me about what I am making",
        "The quiet room at break, with a friend", "Ask me twice, the second time alone",
    ),
}  # fmt: skip
EASES_YOUNG: Lines = (
    "Say my name first, then the thing", "Tell me one thing at a time", "Give me the sand timer",
    "Two minutes’ warning before tidy-up", "My putty in my pocket", "Draw it for me",
    "A drink of water and no questions", "Let me stand up to work", "A whisper is better than a shout",
    "My own peg at the end of the row", "A cushion to sit on", "Five quiet minutes after lunch",
    "Tell me who is picking me up", "Let me take the register back", "Sit me next to somebody kind",
    "Show me a finished one first", "Let me choose between two", "A picture of home in my tray",
    "Jobs with water or with soil", "Somebody to hold the other end",
)  # fmt: skip
EASES_OLDER: Lines = (
    "Write the steps down", "Let me type the long answers", "Ask me where I would like to sit",
    "Give me time before I answer", "One instruction, then check I have it", "Music while I work",
    "A word at the door, not across the room", "Let me finish before I move", "A drink and some air",
    "Tell me what a good answer looks like", "Let me help to set up", "Print it bigger",
    "Email me what I missed", "A break half-way through a double", "Be straight with me",
    "Say good morning and leave it there", "Let me doodle; I am listening", "Start again, clean slate",
    "Warn me before the fire drill", "Give me something to be in charge of",
    "Thank me quietly", "Check on me once, then leave me to it", "A locker near my tutor room",
    "Tell me what happens after the lesson",
)  # fmt: skip
LIKES_YOUNG: Lines = (
    "Dinosaurs, above all the ones with plates", "Trains, and where they go", "My cat Pickle",
    "Making dens", "Anything with glitter", "Space, and black holes most of all", "My dog Biscuit",
    "Football stickers", "Baking with Grandad", "Snails and where they hide", "Drawing dragons",
    "My guinea pigs, Salt and Pepper", "Swimming; I can do the deep end", "Lorries and cranes",
    "Singing in the bath", "Card tricks", "My rabbit Domino", "Building with blocks",
    "Jokes with knock knock in them", "Horses, even though I have not met one", "Tap dancing",
    "Growing beans", "Maps of made-up islands", "Sharks", "Skipping to a hundred", "Owls",
    "My baby cousin", "Puzzles with a thousand bits", "Bugs under logs", "Making paper planes",
)  # fmt: skip
LIKES_OLDER: Lines = (
    "Jokes, football, my dog Biscuit", "Drawing manga, badly but a lot", "Fixing bikes",
    "Boxing on Tuesdays", "My nephew, who is two", "Making beats on my phone", "Fishing with my uncle",
    "Baking for other people", "Chess, fast games only", "Ferrets; ask me anything", "Horror films",
    "Old trainers, cleaned properly", "My greyhound, Teapot", "Basketball, any weather",
    "Writing songs", "Street dance", "Cars, engines more than looks", "Make-up, the special-effects sort",
    "Coding little games", "Gardening, do not laugh", "Skateboarding", "Reading fantasy, long ones",
    "Painting tiny soldiers", "Climbing walls", "Netball, goal keeper", "Bird watching, quietly",
    "My gran’s cooking", "Drums, on anything", "Photographs of empty places", "Astronomy",
    "Running, before it gets light", "Card games", "History of wars", "My python, Noodle",
    "Knitting; it is calming", "Rugby league", "Sewing my own clothes", "Quizzes", "Trampolining",
    "Cooking on a fire",
)  # fmt: skip
AVOIDS_YOUNG: Lines = (
    "Telling me off in front of my team", "Holding my arm", "Asking where I have been",
    "Being last to sit down", "Shouting across the room", "Taking my toy without asking",
    "Saying hurry up", "Standing behind me", "Picking teams by choosing", "A surprise visitor",
    "Rubbing out my work", "Asking me to look at you", "Keeping me in at play",
    "Saying that I know better", "Moving my peg", "Reading out loud with no warning",
    "Talking about me over my head", "Two people telling me at once",
)  # fmt: skip
AVOIDS_OLDER: Lines = (
    "Asking me to explain in front of others", "Standing over me", "Touching my bag",
    "Surprise presentations", "Asking if I am all right in front of people",
    "Being last into the room", "Telling me to calm down", "Blocking the door", "Sarcasm",
    "Bringing up last week", "Talking about me in the corridor", "Reading my marks out",
    "Counting down at me", "Ringing home before you have asked me", "Calling me a nickname",
    "A seating plan that changes with no warning", "Making me say sorry on the spot",
    "Three teachers talking at once", "Comparing me with my brother", "Taking my phone in front of people",
    "Asking me why, again and again", "Sending me out to wait in the corridor",
    "Whole-class telling-off", "Making me work with people I have fallen out with",
)  # fmt: skip
