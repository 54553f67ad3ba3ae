"""What children are taught, by stage, year and subject: a list to choose learning gaps and targets from.

After the Early Years Foundation Stage statutory framework and the national curriculum in England for
key stages 1 and 2 (Department for Education, 2013), in short words of our own, for orientation: it is
not the text of either. Check the wording before relying on it. Contains public sector information
licensed under the Open Government Licence v3.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SOURCE = (
    "After the EYFS framework and the national curriculum (key stages 1 and 2), in short words: "
    "check before relying on it"
)
STAGES: Mapping[str, str] = {
    "EYFS": "Early years (EYFS)",
    "KS1": "Key stage 1 (Years 1 and 2)",
    "KS2": "Key stage 2 (Years 3 to 6)",
}
_STAGE_OF_YEAR = {"R": "EYFS"} | {
    str(year): "KS1" if year < 3 else "KS2" for year in range(1, 7)
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Objective:
    """One thing to be learnt. The key never changes: records hold it."""

    key: str
    year: str  # CBDS: R, 1 to 6.
    subject: str
    text: str

    @property
    def stage(self) -> str:
        return _STAGE_OF_YEAR[self.year]


# Year | subject | what is learnt, separated by semicolons. Add at the end of a line, never between.
_TABLE = """
R | Communication and language | Listens and answers about what was heard; Speaks in full sentences about ideas and feelings
R | Personal, social and emotional | Names feelings and begins to manage them; Waits for a turn and shares; Keeps going when something is hard; Makes friends and notices what others need
R | Physical development | Moves safely and with balance; Holds a pencil well and uses scissors and tools
R | Literacy | Says a sound for each letter; Reads words and simple sentences by sounding out; Writes words and short sentences that others can read; Retells a story in their own words
R | Mathematics | Knows numbers to 10 deeply; Recalls number bonds to 5; Counts beyond 20; Compares quantities: more, fewer, the same
R | Understanding the world | Talks about the lives of people around them; Describes the place where they live
R | Expressive arts and design | Makes things and says how; Sings, and acts out stories
1 | Reading | Reads words with the sounds taught; Reads common exception words of Year 1; Says what happened in a story, and what may happen next
1 | Writing | Forms lower-case letters the right way; Leaves spaces between words; Begins to use capital letters and full stops; Says a sentence before writing it
1 | Mathematics | Counts to 100, forwards and back; Counts in twos, fives and tens; Adds and takes away to 20; Recalls number bonds to 20; Finds a half and a quarter; Tells the time to the hour and half past
1 | Science | Names common plants and animals; Names the parts of the body and the senses; Sorts everyday materials; Notices the seasons
2 | Reading | Reads most words of their age without sounding out; Answers questions about a text, and finds where it says so
2 | Writing | Writes about real events in order; Uses full stops, capitals, question marks and commas in lists; Joins ideas with and, but, because, when; Joins some letters
2 | Mathematics | Knows the value of each digit to 100; Adds and takes away two-digit numbers; Knows the 2, 5 and 10 times tables; Finds a third, a quarter and three quarters; Tells the time to five minutes; Counts money and gives change
2 | Science | Tells living things from others and from those once alive; Says what animals and people need to live and stay well; Chooses materials for a use
3 | Reading | Reads further exception words and knows their meaning; Says what a character feels, and how one can tell; Finds and notes facts in a text
3 | Writing | Plans, writes and improves a piece; Groups ideas in paragraphs; Uses speech marks for direct speech
3 | Mathematics | Adds and takes away three-digit numbers in columns; Knows the 3, 4 and 8 times tables; Counts in tenths; Adds fractions with the same denominator; Tells the time to the minute
3 | Science | Explains how food, bones and muscles help the body; Describes rocks, light, forces and magnets; Sets up a fair test
4 | Reading | Discusses books and gives reasons; Draws out the main idea of several paragraphs
4 | Writing | Uses paragraphs around a theme; Uses fronted adverbials with commas; Uses apostrophes for belonging
4 | Mathematics | Recalls times tables to 12 × 12; Rounds to 10, 100 and 1,000; Multiplies by one digit in columns; Knows decimals of halves, quarters, tenths; Finds area by counting squares
4 | Science | Groups living things with a key; Explains digestion, teeth and food chains; Builds a circuit; Describes states of matter and sound
5 | Reading | Compares characters, settings and themes; Asks questions to understand a text better
5 | Writing | Chooses words and grammar for the reader; Links ideas across paragraphs; Uses relative clauses
5 | Mathematics | Reads and writes numbers to 1,000,000; Multiplies and divides by up to two digits; Compares and adds fractions; Knows percentages as parts of a hundred; Measures angles in degrees
5 | Science | Describes life cycles and change as people grow; Explains the Earth, the Sun and the Moon; Sorts materials by their properties; Explains gravity, air and water resistance, friction
6 | Reading | Draws inferences and shows the evidence; Sums up the main ideas; Tells fact from opinion
6 | Writing | Writes for many purposes, choosing the right tone; Uses colons, semicolons and dashes; Uses the passive where it helps
6 | Mathematics | Divides by two digits in long division; Multiplies and divides fractions; Works with ratio and proportion; Uses simple formulae; Finds the mean and reads pie charts
6 | Science | Groups living things and gives reasons; Explains the heart and circulation; Describes evolution and inheritance; Explains light, shadows and circuits with symbols
"""


def _slug(words: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def _read(table: str) -> tuple[Objective, ...]:
    found = []
    for line in table.strip().splitlines():
        year, subject, texts = (part.strip() for part in line.split(" | "))
        for n, text in enumerate(texts.split(";"), 1):
            key = f"{year.lower()}-{_slug(subject)}-{n}"
            found.append(Objective(key, year, subject, text.strip()))
    return tuple(found)


OBJECTIVES = _read(_TABLE)
BY_KEY: Mapping[str, Objective] = {objective.key: objective for objective in OBJECTIVES}


def subjects_of(stage: str) -> list[str]:
    """The subjects of a stage, in the order of the list."""
    return list(dict.fromkeys(o.subject for o in OBJECTIVES if o.stage == stage))


def objectives_of(stage: str, subject: str) -> list[Objective]:
    return [o for o in OBJECTIVES if o.stage == stage and o.subject == subject]
