"""What the demonstration's sessions, logs and reviews say, by the age of the child."""

Lines = tuple[str, ...]
Sessions = tuple[tuple[str, str, str], ...]  # What we did, how it was taken, what is next.

SESSIONS_YOUNG: Sessions = (
    ("Used cards to show what the body does first", "Chose four of six and told me about each",
     "Try it before lunch on Thursday"),
    ("Built a den, and talked inside it", "Quiet at first, then would not stop",
     "Keep the den up until Friday"),
    ("Played a game that can be lost, twice", "Lost once, took a breath, shook hands",
     "The same game with one other child"),
    ("Drew the week as a road with bumps", "Put the biggest bump on Wednesday",
     "Meet before the bump"),
    ("Practised asking for help with a puppet", "The puppet asked five times, then no puppet",
     "One question in class"),
    ("Read the story about the worried bear", "Said what the bear should do",
     "Make a page for the bear’s book"),
    ("Made the one-page profile with the class teacher", "Corrected two lines, proud of the rest",
     "Show it to the lunch team"),
    ("Walked the way in, and stopped at each door", "Held the last door for me",
     "The same way with the class"),
)  # fmt: skip
SESSIONS_OLDER: Sessions = (
    ("Used cards to name what the body does first", "Chose four of six cards and told me about each",
     "Try it in maths on Thursday"),
    ("Walked and talked around the field", "Quiet at first, then talked about the weekend",
     "The same walk next week"),
    ("Planned how to use the exit card in maths", "Wrote the plan without help",
     "Show the plan to the tutor"),
    ("Watched the lesson together, then talked", "Saw what the teacher saw, laughed",
     "Sit at the side on Tuesday"),
    ("Made the one-page profile with the class team", "Corrected two lines, proud of the rest",
     "Sent to all teachers by Friday"),
    ("Mapped who is safe to go to, lesson by lesson", "Found seven people; had thought of two",
     "Speak to one of the five"),
    ("Played cards and talked about losing", "Lost twice and named the feeling",
     "Name it once in class"),
    ("Wrote the message to the tutor that was hard to say", "Three drafts, then sent it",
     "Read the answer together"),
    ("Went through the week on paper, in colours", "More green than anybody had expected",
     "Work on the one red lesson"),
)  # fmt: skip
WORKED_YOUNG: Lines = (
    "Warned before the fire drill", "A job at the start", "Ten minutes of sand", "Sat by the door",
    "First in the line", "The picture strip", "A whisper and a thumb up", "Music before writing",
)  # fmt: skip
WORKED_OLDER: Lines = (
    "Warned before the fire drill", "A job at the start", "Two minutes before maths",
    "Sat by the door", "Typed the long answer", "Steps on the desk", "A word on the way in",
    "Let the joke go", "Paired before groups were called out",
)  # fmt: skip
HARD_YOUNG: Lines = (
    "Supply teacher",
    "Wet play",
    "Reading aloud",
    "The dinner queue",
    "Singing",
    "",
)
HARD_OLDER: Lines = (
    "Supply teacher",
    "Room change",
    "Reading aloud",
    "Double science",
    "Lunch",
    "",
)
# How a review and a closed case put it, by main worry.
AT_HOME = {
    "LEAVING": "There is less shouting at home, ours included.",
    "ABSENCE": "The mornings are calmer.",
    "HURTING": "The phone rings less, and we pick it up.",
    "LOW_MOOD": "There is humming in the kitchen again.",
}
IN_SCHOOL = {
    "LEAVING": "We know now what to do at the door.",
    "ABSENCE": "We can keep this going.",
    "HURTING": "Lunch is no longer the worst hour of our day.",
    "LOW_MOOD": "Others look out for this child now, without being asked.",
}
AT_THE_END = {
    "LEAVING": "Stays in lessons, and says when it is too much.",
    "ABSENCE": "Comes in, and knows what to do on a morning that is hard.",
    "HURTING": "Nobody has been hurt for a half-term. Asks for the way out, and uses it.",
    "LOW_MOOD": "Is part of something in school, and has two adults to go to.",
}
AND_THEN = " The school runs the agreed steps without us and knows whom to ring."
NOTICED = (  # Of a concern that went to the DSL.
    "Came in without a coat for the third day and had not eaten. Told the DSL in person.",
    "Asked twice whether school could stay open at the weekend. Told the DSL in person.",
    "A bruise on the upper arm; said it was the door. Told the DSL at once, in person.",
    "Fell asleep in two lessons and said nobody had been home until one. Told the DSL in person.",
)
