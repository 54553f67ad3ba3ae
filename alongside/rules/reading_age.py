"""A rough reading age for a letter, to show the writer as they write. Judges words, not meaning.

Flesch-Kincaid grade (Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch Report 8-75):
0.39 words a sentence + 11.8 syllables a word - 15.59; five years more is an English reading age.
"""

import re
from dataclasses import dataclass

from alongside.rules.words import count_of

TARGET = 12  # Letters to families: design rule of the service.
YOUNGEST, OLDEST = 5, 20
FEWEST_WORDS = 30  # Below this, one long name decides the answer.
LONG_SENTENCE = 25  # gov.uk style: no sentence longer than 25 words.

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
END_OF_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n\s*\n|\n(?=\s*[-•*\d])|:\s*\n")
TITLES = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Prof|Rev|e\.g|i\.e|etc|No)\.(?=\s)")
VOWELS = re.compile(r"[aeiouy]+")
# An e at the end is silent, but not in ta-ble; -es and -ed are, but not in hous-es or want-ed.
SILENT = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouylscxzgh]|[aeiouy]l|th)es$|[^aeiouytd]ed$"
)
# Two vowels side by side that are said apart, and endings said without one.
APART = re.compile(
    r"(?<![ctsg])i[ao]|i[au]t|(?<!p)eo(?!u)|(?<![qg])ua|iet|[aeiouy]ing|creat|[rd]ea$|thm$|sm$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The age at which most can read the text, and the sentences that are hardest on the reader."""

    age: int
    words: int
    sentences: int
    long_sentences: tuple[str, ...]

    @property
    def is_rough(self) -> bool:
        return self.words < FEWEST_WORDS

    def suits(self, age: int = TARGET) -> bool:
        return self.age <= age and not self.long_sentences

    @property
    def in_words(self) -> str:
        if self.is_rough:
            return f"About age {self.age}, from only {count_of(self.words, 'word')}."
        hard = count_of(len(self.long_sentences), "sentence is", "sentences are")
        more = f" {hard} longer than {LONG_SENTENCE} words." if self.long_sentences else ""
        return f"About age {self.age}.{more}"


def reading_age(text: str) -> Reading | None:
    """None where there is nothing to read."""
    sentences = [each for each in split_sentences(text) if WORD.search(each)]
    words = [word for each in sentences for word in WORD.findall(each)]
    if not words:
        return None
    grade = (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )
    age = min(max(round(grade + 5), YOUNGEST), OLDEST)
    hard = tuple(each for each in sentences if len(WORD.findall(each)) > LONG_SENTENCE)
    return Reading(age, len(words), len(sentences), hard)


def split_sentences(text: str) -> list[str]:
    """Full stops, question marks, blank lines and list items end a sentence; titles do not."""
    whole = TITLES.sub(r"\1", text)
    return [" ".join(part.split()) for part in END_OF_SENTENCE.split(whole) if part.strip()]


def syllables(word: str) -> int:
    """An estimate by groups of vowels; about nine words in ten come out right."""
    plain = word.lower().replace("’", "").replace("'", "")
    count = len(VOWELS.findall(plain)) + len(APART.findall(plain))
    return max(1, count - bool(SILENT.search(plain)))
