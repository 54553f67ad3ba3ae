"""Professional judgements: all five parts, locked by the database, read by class, added to later."""

import pytest
from django.db import DatabaseError, transaction

from alongside.cases import judgements
from alongside.cases.judgements import Reasoning
from alongside.cases.models import Judgement
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.handling import InformationClass
from alongside.core.models import AuditEntry
from alongside.people.models import ChronologyEntry

pytestmark = pytest.mark.django_db

REASONING = Reasoning(
    facts="He said that he will not go home tonight.",
    options="Ring the DSL now, or after his mum is back.",
    decision="Rang the DSL at once.",
    rationale="Nothing in the guidance names an hour; waiting could not be undone.",
    consulted="K. Specimen, DSL; Mina Exampleton",
)


def judged(actor, case, **options):
    return judgements.record_judgement(actor=actor, case=case, reasoning=REASONING, **options)


@pytest.mark.duty("OW-60")
@pytest.mark.parametrize("change", ["save", "delete"])
def test_a_judgement_says_all_five_parts_and_is_locked_once_saved(acting, route, change):
    asha = acting("asha")
    judgement = judged(asha, route.case)

    kept = judgements.get_judgement(asha, route.case, judgement.pk)
    assert [getattr(kept, part) for part in REASONING.__dataclass_fields__] == [
        getattr(REASONING, part) for part in REASONING.__dataclass_fields__
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.decision = "Something else"
        getattr(kept, change)()
    assert Judgement.objects.get(pk=judgement.pk).decision == REASONING.decision


@pytest.mark.parametrize("part", list(REASONING.__dataclass_fields__))
def test_no_part_is_left_empty(acting, route, part):
    asha = acting("asha")
    told = {name: getattr(REASONING, name) for name in REASONING.__dataclass_fields__}

    with pytest.raises(Problem, match="all five parts") as refused:
        judgements.record_judgement(
            actor=asha, case=route.case, reasoning=Reasoning(**told | {part: " "})
        )

    assert refused.value.field == part


def test_it_stands_in_the_chronology_and_on_the_trail(acting, route):
    judgement = judged(acting("asha"), route.case)

    entry = ChronologyEntry.objects.get(url=f"/cases/{route.case.pk}/judgements/{judgement.pk}/")
    assert entry.information_class == "C3"
    acting("dpo")
    assert AuditEntry.objects.get(kind="judgement.recorded").pupil_ids == [route.pupil.pk]


def test_a_restricted_one_is_behind_the_wall_for_all_but_its_writer_and_the_cleared(acting, route):
    judgement = judged(acting("asha"), route.case, information_class=InformationClass.SAFEGUARDING)

    assert judgements.judgements_of(acting("asha"), route.case) == [judgement]
    assert judgements.judgements_of(acting("mina"), route.case) == []
    assert not Judgement.objects.filter(pk=judgement.pk).exists()
    with pytest.raises(NotFound):
        judgements.get_judgement(acting("mina"), route.case, judgement.pk)


def test_what_was_learnt_later_is_another_entry_that_names_the_first(acting, route):
    asha = acting("asha")
    first = judged(asha, route.case)

    second = judged(asha, route.case, adds_to=first)

    assert second.adds_to == first
    assert ChronologyEntry.objects.filter(summary__startswith="Added to a judgement").exists()


def test_a_school_neither_reads_nor_writes_one(acting, route):
    judgement = judged(acting("asha"), route.case)
    petra = acting("petra")

    with pytest.raises(NotFound):
        judgements.get_judgement(petra, route.case, judgement.pk)
    with pytest.raises(Refused):
        judged(petra, route.case)


def test_another_council_finds_nothing(acting, route):
    judged(acting("asha"), route.case)

    acting("sara")
    assert not Judgement.objects.exists()
