"""Children named in full in words that are about to leave for others. Must answer nothing of them.

Asked of the council's whole register: whoever writes a name may not reach its child's record. So the
answer is only the name, as it stands in the words.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from django.db import DatabaseError, connection, transaction

from alongside.people.models import NameWord, Pupil
from alongside.rules.names import normalise

MOST = 300  # Pupils of the same words who are looked at.
MOST_PAIRS = 60
OWNED = re.compile(r"['’]s\W*$")  # Jamie Exampleton’s.


def named_in(words: str, about: Pupil | None = None) -> list[str]:
    """Full names of children other than the one it is about. None when it cannot be asked."""
    typed = [(part, word) for word in words.split() for part in _parts(word)]
    own = set(_names(about)) if about else set()
    try:
        with transaction.atomic():
            named = {name for pupil in _candidates(typed) for name in _names(pupil)} - own
    except DatabaseError:
        return []  # A question that cannot be asked must not keep anybody from sending.
    return list(dict.fromkeys(_found(typed, named)))


def _parts(word: str) -> list[str]:
    return normalise(OWNED.sub("", word)).split()


def _candidates(typed: list[tuple[str, str]]) -> list[Pupil]:
    """Pupils with two words of their name side by side: only words that are in a name are asked."""
    parts = {part for part, _ in typed if len(part) > 1}
    known = set(NameWord.objects.filter(word__in=parts).values_list("word", flat=True))
    pairs = {(one, two) for (one, _), (two, _) in pairwise(typed) if one in known and two in known}
    if not pairs:
        return []
    asked = " | ".join(f"('{one}' & '{two}')" for one, two in sorted(pairs)[:MOST_PAIRS])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ids FROM sec.pupils_named(%s, %s, %s, '{}')", [asked, asked, MOST])
        (ids,) = cursor.fetchone()
    return list(Pupil.objects.filter(pk__in=ids or []))


def _names(pupil: Pupil) -> Iterator[str]:
    """Every first name with every last name, as it is compared."""
    for first in filter(None, (pupil.legal_forename, pupil.preferred_forename)):
        for last in filter(None, (pupil.legal_surname, pupil.preferred_surname)):
            yield normalise(f"{first} {last}")


def _found(typed: list[tuple[str, str]], named: set[str]) -> list[str]:
    """The names that stand in the words, in their order and as they were typed."""
    found = []
    for parts in (name.split() for name in named):
        for start in range(len(typed) - len(parts) + 1):
            here = typed[start : start + len(parts)]
            if [part for part, _ in here] == parts:
                said = " ".join(dict.fromkeys(word for _, word in here))
                found.append((start, OWNED.sub("", said).strip('.,;:!?()“”"')))
    return [said for _, said in sorted(found)]
