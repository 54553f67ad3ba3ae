"""What nothing that leaves may carry, whoever wrote it where: a concealed address, a person not to contact."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.core.actor import Actor
from alongside.documents.avoided import Avoided, pattern_of
from alongside.documents.blocks import Document, reworded
from alongside.people.models import Carer, Enrolment, Flag, Involvement, Professional, Pupil

NO_NAME = "[a person not to be contacted]"


@dataclass(frozen=True)
class Withheld:
    """One pupil's. The database takes out the address: few who print may read it (concealed.sql)."""

    actor: Actor
    pupil: Pupil

    def clean_all(self, texts: Iterable[str]) -> list[str]:
        """Each text as it may leave, in the order given. In one query, unless somebody is avoided."""
        given = list(texts)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sec.without_concealed(%s, %s, %s::text[]), EXISTS (SELECT FROM people_carer"
                " WHERE pupil_id = %s AND is_do_not_contact)",
                [self.pupil.pk, self.actor.today, given, self.pupil.pk],
            )
            cleaned, is_anybody_avoided = cursor.fetchone()
        avoided = _avoided(self.actor, self.pupil) if is_anybody_avoided else None
        return [avoided.sub(NO_NAME, text) if avoided else text for text in cleaned]

    def clean_rows(self, rows: Sequence[Sequence[object]]) -> list[list[object]]:
        """Rows of a spreadsheet: what is no text stays as it is."""
        texts = [cell for row in rows for cell in row if isinstance(cell, str)]
        cleaned = iter(self.clean_all(texts))
        return [[next(cleaned) if isinstance(c, str) else c for c in row] for row in rows]

    def clean_document(self, document: Document) -> Document:
        """Its title stays: that is the pupil's own name, which a carer may share."""
        texts: dict[str, str] = {}
        reworded(document, lambda text: texts.setdefault(text, text))
        cleaned = dict(zip(texts, self.clean_all(texts), strict=True))
        return replace(reworded(document, cleaned.__getitem__), title=document.title)


def withheld(actor: Actor, pupil: Pupil) -> Withheld:
    return Withheld(actor, pupil)


def _avoided(actor: Actor, pupil: Pupil) -> re.Pattern[str] | None:
    """What names or reaches who is not to be contacted."""
    carers = list(Carer.objects.filter(pupil=pupil).order_by("pk"))
    avoided = [Avoided(c.name, c.phone, c.email) for c in carers if c.is_do_not_contact]
    others = [
        said for c in carers if not c.is_do_not_contact for said in (c.name, c.phone, c.email)
    ]
    return pattern_of(avoided, [*others, *_around(actor, pupil)])


def _around(actor: Actor, pupil: Pupil) -> Iterator[str]:
    """Names that must stay readable: the pupil's own, their schools', and who works with them."""
    yield from (pupil.legal_forename, pupil.legal_surname)
    yield from (pupil.preferred_forename, pupil.preferred_surname)
    yield actor.name
    theirs = {"pupil": pupil}
    yield from Enrolment.objects.filter(**theirs).values_list("school__name", flat=True)
    staffed = Involvement.objects.filter(**theirs, staff__isnull=False)
    yield from staffed.values_list("staff__name", flat=True)
    yield from Professional.objects.filter(**theirs).values_list("name", flat=True)


def cleaned_list(
    actor: Actor, rows: Iterable[tuple[int | None, Sequence[object]]]
) -> list[Sequence[object]]:
    """Rows about many pupils, each with its pupil's number: only a few have anything to withhold."""
    listed = list(rows)
    ids = {pupil_id for pupil_id, _ in listed if pupil_id}
    apart = {pupil.pk: withheld(actor, pupil) for pupil in _with_something_withheld(ids)}
    return [
        apart[pupil_id].clean_rows([cells])[0] if pupil_id in apart else cells
        for pupil_id, cells in listed
    ]


def _with_something_withheld(ids: set[int]) -> QuerySet[Pupil]:
    avoided = Carer.objects.filter(pupil_id__in=ids, is_do_not_contact=True)
    flagged = Flag.objects.filter(pupil_id__in=ids, kind=Flag.Kind.CONCEALED_ADDRESS)
    return Pupil.objects.filter(
        Q(pk__in=avoided.values("pupil_id")) | Q(pk__in=flagged.values("pupil_id"))
    )
