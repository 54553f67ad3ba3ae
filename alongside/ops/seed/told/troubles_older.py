"""What secondary schools and families of the demonstration tell: as in `troubles`, of older pupils."""

from alongside.ops.seed.told.troubles import Trouble, Troubles

OLDER: Troubles = {
    "LEAVING": (
        Trouble(
            "Left maths after eight minutes when asked to read aloud. Walked the corridor until"
            " the bell. Came back with the head of year.",
            "Comes in every morning by 8:30. Loves art and helps set up. Two good friends.",
            (("Check-in with tutor, later start on Mondays", "Late marks 6 to 2 a fortnight"),
             ("Calm space at lunch, quiet seat in maths", "Left fewer lessons, still maths")),
            "Finds reading aloud in front of others very hard",
            "Explains things kindly to younger pupils",
            "A change that nobody spoke of beforehand",
            "We want {him} to feel somebody is on {his} side.",
        ),
        Trouble(
            "Out of five lessons this week, for the whole hour in two. Found each time on the stairs"
            " by the drama studio, with headphones on.",
            "Never late to technology. Has made a lamp that the staff have asked to buy.",
            (("A pass for five minutes, four times a day", "Uses it; comes back half the time"),
             ("Two subjects moved to smaller sets", "Stays in both")),
            "A full classroom is too loud to think in",
            "Works with care when hands are busy",
            "Cover lessons and last-minute room changes",
            "{He} says school is like a motorway. {He} is not wrong.",
        ),
        Trouble(
            "Walked out of English, swore at the teacher who called after {him}, and left the site."
            " Home was rung; {he} was at {his} nan’s.",
            "Honest when asked alone. Good with the animals on the school farm.",
            (("A daily word with the head of year", "On site all day for three weeks"),
             ("Work sent ahead for English", "Walks out once a week, was most days")),
            "Would rather be in trouble than be seen not to know",
            "Says straight what went wrong",
            "Being called back across a room",
            "If you shout, {he} is gone. Same here at home.",
        ),
        Trouble(
            "Truanted the afternoon on six days this half-term, always after lunch. Comes back for"
            " the bus. Nobody has seen where {he} goes.",
            "Full mornings. Captain of the quiz team, and proud of it.",
            (("Register at the start of the afternoon with the tutor", "Two afternoons kept of five"),
             ("Lunch club on the days with double lessons", "Four afternoons kept of five")),
            "By noon there is nothing left to give",
            "Learns facts fast and shares them",
            "Double lessons after lunch",
            "We think {he} sits in the park. We would like to know.",
        ),
    ),
    "ABSENCE": (
        Trouble(
            "In for 11 of 20 days. On the other days {he} was dressed and ready, then could not"
            " leave the house. Mum carried the bag back in.",
            "Reads far ahead of the year group. Helps in the library at lunch.",
            (("Met at the side door by the same adult", "In by 9:20 on most days"),
             ("Shorter mornings, agreed with mum", "Attendance 55% to 70%")),
            "Worry about the yard and the corridors before school",
            "Notices when somebody else is left out",
            "A supply teacher, or a fire alarm",
            "The mornings have been awful for all of us.",
        ),
        Trouble(
            "Has not been in since the second week of term. Answers messages at night, never in the"
            " day. Two visits at home; {he} came down the stairs for one.",
            "Sends in finished work in art and in computing, and it is very good.",
            (("Work online with a weekly call", "Does most of it, camera off"),
             ("One hour on site after the others have gone", "Came on three Thursdays of four")),
            "Day and night have changed places",
            "Goes deep into what interests {him}",
            "The word attendance, and letters with a crest",
            "We have tried taking the router. It made things worse.",
        ),
        Trouble(
            "Absent on every day with PE this term, and on most days after one. Was seen in"
            " town with cousins on two of them.",
            "Good at languages; talks to visitors with ease.",
            (("A place to change alone", "Came on two PE days of six"),
             ("A tutor who rings at eight", "Attendance 62% to 74%")),
            "Will not be seen changing, and will not say so",
            "Speaks three languages and switches between them",
            "Changing rooms and group photographs",
            "{He} tells me after. Never before.",
        ),
        Trouble(
            "Attendance has fallen each half-term, from 93% to 58%. {He} looks after a younger"
            " brother in the mornings and says that somebody has to.",
            "Grown-up, reliable, and liked by everybody in the form.",
            (("A flexible start on three days", "In by ten, which is better than not at all"),
             ("The young carers’ group at lunch", "Goes each week; has talked")),
            "Is needed at home at the hour when school begins",
            "Plans ahead and keeps to it",
            "A detention for being late",
            "{He} does too much. I know. I am not well.",
        ),
    ),
    "HURTING": (
        Trouble(
            "Pushed another pupil into the lockers after losing a game at lunch. Sorry within"
            " minutes. No injury. The third time this half-term.",
            "Proud of the football team. Kind to the new Year 7s.",
            (("A club at lunch with a trusted adult", "Two incidents a week to one"),
             ("Feelings chart with the form tutor", "Names angry and sad, not yet worried")),
            "Goes from calm to furious without a step between",
            "Says sorry and means it",
            "Losing, or thinking that people are laughing",
            "{He} is a lovely child, and frightened of {himself}.",
        ),
        Trouble(
            "Punched a wall and then a classmate after a video was passed round. Suspended for two"
            " days. Has not named who made it.",
            "Works hard for the teachers {he} respects. Has a Saturday job and is never late for it.",
            (("A restorative meeting with the classmate", "They speak; it has held"),
             ("Phones handed in by the whole form", "No fights for four weeks, then one")),
            "Does not tell an adult until it is over",
            "Stands up for a friend",
            "Phones pointed at {him}",
            "{He} came home and slept for fourteen hours.",
        ),
        Trouble(
            "Threw a stool in science when told to move seats. A pupil was hit on the hand and went"
            " to first aid. {He} left the room and waited outside for the head of year.",
            "Shines in drama. Reads people well, adults above all.",
            (("A seat agreed with {him} in every room", "No trouble over seats for a month"),
             ("Ten minutes with the pastoral lead after lunch", "Three incidents a week to one")),
            "Takes a change of plan as a verdict",
            "Makes a whole room laugh",
            "Being told what to do with the others watching",
            "Ask. Do not tell. That is all I can say.",
        ),
        Trouble(
            "Fought with two older pupils at the bus stop. Both schools were told. Says that they"
            " started it, and the bus camera agrees in part.",
            "Has been elected by the form twice. Good with engines.",
            (("A lift home for a fortnight", "Nothing at the bus stop again"),
             ("Mentoring by a coach from the boxing club", "Walked away twice and said so")),
            "Feels that backing down is not safe",
            "Others follow where {he} leads",
            "The hour after school",
            "We drive {him} when we can. We cannot always.",
        ),
    ),
    "LOW_MOOD": (
        Trouble(
            "Found crying in the toilets twice this week. Said it would be better to be nowhere. The"
            " DSL has been told and has spoken with home.",
            "Plays the keyboard at lunch. Trusts the form tutor.",
            (("A quiet room at break, with a friend", "Used it four days in five"),
             ("Time with the pastoral lead each Friday", "Talks more, eats more")),
            "Believes that nobody would notice an empty chair",
            "Writes songs, and shares them when asked gently",
            "Being picked last in group work",
            "There used to be singing in our kitchen.",
        ),
        Trouble(
            "Handed in a blank paper and put {his} head on the desk for the hour. It was the third"
            " lesson that week. Says that {he} is tired, and nothing else.",
            "Comes every day. Still goes to orchestra, and sits at the back.",
            (("A tutor talk on Mondays and Thursdays", "Says a little more each week"),
             ("Fewer subjects until the new year, agreed with home", "Hands in half of the work")),
            "Sleeps badly and has stopped saying so",
            "Keeps going to what {he} once loved",
            "Questions about next year",
            "{He} is in the room, but not with us.",
        ),
        Trouble(
            "Has eaten lunch alone in the art room for six weeks. When asked to join a group said:"
            " they would only have to be kind to me.",
            "The best drawing in the year. Helps the technician to mix colours.",
            (("An art club of six, by invitation", "Went, and went again"),
             ("A message home each Friday of one good thing", "Mum says it stays on the fridge")),
            "Expects to be turned away",
            "Sees what others walk past",
            "Whole-year events and non-uniform days",
            "Nobody has rung our bell for months.",
        ),
        Trouble(
            "Asked to leave three lessons because of a bad stomach; the nurse finds nothing. Told the"
            " nurse that it is worst when everybody else is having fun.",
            "Polite, quick, and very good at noticing how a friend feels.",
            (("A card for the nurse, twice a day at most", "Uses it once a day"),
             ("A walk at break with the learning mentor", "Fewer aches on the days of the walk")),
            "Feels things in the body before there are words",
            "A loyal friend to two people",
            "Noise and laughter that {he} is not part of",
            "{He} says sorry for everything. It breaks my heart.",
        ),
    ),
}  # fmt: skip
