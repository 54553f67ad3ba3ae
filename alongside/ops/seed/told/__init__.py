"""Who tells what in the demonstration: each child has words, a profile and a plan that are theirs.

What is told is chosen in turn, so it is the same each time the demonstration is made.
"""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from alongside.ops.seed.stories import Story
from alongside.ops.seed.told import (
    belonging,
    own_words,
    own_words_older,
    plans,
    plans_older,
    profiles,
    troubles,
    troubles_older,
)
from alongside.ops.seed.told.profiles import Told
from alongside.people.models import Pupil

WORRIES = ("LEAVING", "ABSENCE", "HURTING", "LOW_MOOD")
YOUNGEST = ("R", "1", "2")
PRONOUNS = {
    "M": {"he": "he", "He": "He", "him": "him", "his": "his", "himself": "himself"},
    "F": {"he": "she", "He": "She", "him": "her", "his": "her", "himself": "herself"},
}


@dataclass
class Teller:
    """Counts what was told already: of all, and of the children of each worker."""

    told: Counter[tuple[str, Hashable]] = field(default_factory=Counter)
    by_worker: defaultdict[int, Counter[tuple[str, Hashable]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def tell(self, pupil: Pupil, phase: str, worker_id: int) -> Story:
        """A story of this child's own, which no other child of the worker tells in the same words."""
        is_young = phase == "Primary"
        worry = self._pick("worry", WORRIES, worker_id)
        first, last = self._pick("words", _words(pupil, is_young)[worry], worker_id)
        trouble = self._pick(
            "trouble", (troubles.YOUNG if is_young else troubles_older.OLDER)[worry], worker_id
        )
        planned = self._pick(
            "plan", (plans.YOUNG if is_young else plans_older.OLDER)[worry], worker_id
        )
        story = Story(
            sex=pupil.sex,
            worry=worry,
            helps=self._helps(worry, is_young, worker_id),
            avoids=self._avoids(is_young, worker_id),
            words_first=first,
            words_last=last,
            belongs=self._belongs(pupil, is_young, worker_id),
            **_parts(trouble),
            **_parts(planned),
        )
        return said_of(pupil.sex, story)

    def at_risk(self, story: Story, phase: str, worker_id: int) -> Story:
        """The same child, with a plan that says who stands by the place and how."""
        told = plans_older.AT_RISK["Primary" if phase == "Primary" else "Secondary"]
        aim, by_school, by_family = self._pick("at risk", told, worker_id)
        changed = dataclasses.replace(
            story, aim=aim, school_action=by_school, family_action=by_family
        )
        return said_of(story.sex, changed)

    def _belongs(self, pupil: Pupil, is_young: bool, worker_id: int) -> belonging.Said:
        lines = belonging.YOUNG if is_young else belonging.OLDER
        return self._pick("belongs", lines, worker_id) if belonging.is_asked(pupil.pk) else lines[0]

    def _helps(self, worry: str, is_young: bool, worker_id: int) -> tuple[str, ...]:
        of_worry: Told = profiles.HELPS_YOUNG if is_young else profiles.HELPS_OLDER
        eases = profiles.EASES_YOUNG if is_young else profiles.EASES_OLDER
        likes = profiles.LIKES_YOUNG if is_young else profiles.LIKES_OLDER
        return (
            self._pick("helps", of_worry[worry], worker_id),
            self._pick("eases", eases, worker_id),
            self._pick("likes", likes, worker_id),
        )

    def _avoids(self, is_young: bool, worker_id: int) -> tuple[str, ...]:
        lines = profiles.AVOIDS_YOUNG if is_young else profiles.AVOIDS_OLDER
        return tuple(self._pick("avoids", lines, worker_id) for _ in range(2))

    def _pick[T: Hashable](self, what: str, choices: Sequence[T], worker_id: int) -> T:
        """What this worker's children tell least, then what anybody tells least, then the first."""
        own = self.by_worker[worker_id]
        chosen = min(choices, key=lambda one: (own[what, one], self.told[what, one]))
        own[what, chosen] += 1
        self.told[what, chosen] += 1
        return chosen


def said_of(sex: str, story: Story) -> Story:
    """With the pronouns of the child it is told of."""
    said = {part.name: _filled(getattr(story, part.name), PRONOUNS[sex]) for part in fields(Story)}
    return Story(**said)


def _filled[T](value: T, pronouns: dict[str, str]) -> T:
    if isinstance(value, str):
        return value.format(**pronouns)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_filled(one, pronouns) for one in value)  # type: ignore[return-value]
    return value


def _words(pupil: Pupil, is_young: bool) -> dict[str, own_words.Pairs]:
    if not is_young:
        return own_words_older.OLDER
    return own_words.INFANT if pupil.year_group in YOUNGEST else own_words.JUNIOR


def _parts(told: troubles.Trouble | plans.Planned) -> dict[str, Any]:
    return {part.name: getattr(told, part.name) for part in fields(told)}
