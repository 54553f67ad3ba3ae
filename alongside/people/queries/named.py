"""Children named in full in words that are about to leave for others. Must answer nothing of them.

Asked of the council's whole register: whoever writes a name may not reach its child's record. So the
answer is only the name, as it stands in the words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import batched, pairwise

from django.db import DatabaseError, connection, transaction

from alongside.people.models import Carer, NameWord, Pupil
from alongside.rules.names import normalise

MOST = 300  # Pupils of the same words who are looked at.
MOST_PAIRS = 60  # Asked about at once; more are asked in turn.
OWNED = re.compile(r"['’]s\W*$")  # Jamie Exampleton’s.
type Typed = list[tuple[str, str]]  # Each part as it is compared, and the word that it stands in.


def named_in(words: str, about: Pupil | None = None) -> list[str]:
    """Full names of children other than the one it is about. None when it cannot be asked."""
    (named,) = named_in_each([words], about)
    return named


def named_in_each(texts: Sequence[str], about: Pupil | None = None) -> list[list[str]]:
    """The same of several texts, asked of the register at once: no text has a name with its neighbour."""
    typed = [[(part, word) for word in words.split() for part in _parts(word)] for words in texts]
    own = set(_names(about)) if about else set()
    try:
        with transaction.atomic():
            named = {name for pupil in _candidates(typed) for name in _names(pupil)} - own
    except DatabaseError:
        named = set()  # A question that cannot be asked must not keep anybody from sending.
    return [list(dict.fromkeys(_found(one, named))) for one in typed]


def not_to_contact(words: str, about: Pupil) -> str:
    """The carer named here who is not to be contacted about this child, or nothing."""
    typed = f" {normalise(words)} "
    carers = Carer.objects.filter(pupil=about, is_do_not_contact=True).order_by("pk")
    named = (name for name in carers.values_list("name", flat=True) if normalise(name))
    return next((name for name in named if f" {normalise(name)} " in typed), "")


def _parts(word: str) -> list[str]:
    return normalise(OWNED.sub("", word)).split()


def _candidates(texts: list[Typed]) -> list[Pupil]:
    """Pupils with two words of their name side by side: only words that are in a name are asked."""
    parts = {part for typed in texts for part, _ in typed if len(part) > 1}
    known = set(NameWord.objects.filter(word__in=parts).values_list("word", flat=True))
    pairs = {
        (one, two)
        for typed in texts
        for (one, _), (two, _) in pairwise(typed)
        if one in known and two in known
    }
    ids = {pk for some in batched(sorted(pairs), MOST_PAIRS) for pk in _named(some)}
    return list(Pupil.objects.filter(pk__in=ids)) if ids else []


def _named(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Where too many have the words to answer all at once, half of the words are asked at a time."""
    asked = " | ".join(f"('{one}' & '{two}')" for one, two in pairs)
    with connection.cursor() as cursor:
        sql = "SELECT ids, is_all FROM sec.pupils_named(%s, %s, %s, '{}')"
        cursor.execute(sql, [asked, asked, MOST])
        ids, is_all = cursor.fetchone()
    if is_all or len(pairs) == 1:
        return ids or []
    half = len(pairs) // 2
    return _named(pairs[:half]) + _named(pairs[half:])


def _names(pupil: Pupil) -> Iterator[str]:
    """Every first name with every last name, as it is compared."""
    for first in filter(None, (pupil.legal_forename, pupil.preferred_forename)):
        for last in filter(None, (pupil.legal_surname, pupil.preferred_surname)):
            yield normalise(f"{first} {last}")


def _found(typed: Typed, named: set[str]) -> list[str]:
    """The names that stand in the words, in their order and as they were typed."""
    found = []
    for parts in (name.split() for name in named):
        for start in range(len(typed) - len(parts) + 1):
            here = typed[start : start + len(parts)]
            if [part for part, _ in here] == parts:
                said = " ".join(dict.fromkeys(word for _, word in here))
                found.append((start, OWNED.sub("", said).strip('.,;:!?()“”"')))
    return [said for _, said in sorted(found)]
