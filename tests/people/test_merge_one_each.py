"""Of some things a child has one. Both records have one: nothing is lost, and nothing breaks."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from alongside.assessments.models import Profile
from alongside.cases.models import Case, ReportApproval
from alongside.core.base import CouncilModel
from alongside.core.decisions import Refused
from alongside.core.models import Place
from alongside.pathways.models import Alternative, Framework
from alongside.people.actions.merge import merge_pupils, undo_merge
from alongside.people.models import Merge, PathwaySpell
from alongside.plans.models import CurriculumWeek
from alongside.referrals.models import Referral
from tests.children import Children

pytestmark = pytest.mark.django_db
WHY = "The school confirmed the new surname by telephone."
SINCE, MONDAY = date(2026, 9, 7), date(2026, 9, 14)
# One child on two registers is what `_one_main_school` puts right.
REGISTERS = "people_enrolment"


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def pair(children):
    kept = children.pupil()
    merged = children.pupil("Robyn", "Samplewood", at="marlpit")
    for pupil in (kept, merged):
        children.refer(pupil, "outreach")
    return kept, merged


class One:
    """Makes one of each of what a child has one."""

    def __init__(self, cast: Any, children: Children) -> None:
        self.actor = children.act()
        self.by = {"recorded_by_id": self.actor.staff_id}
        self.service = Place.objects.get(pk=cast.places["outreach"])
        self.framework = Framework.objects.create(
            owner=self.service, key="one", name="One", version=1, starts_on=SINCE
        )
        self.children, self.count = children, 0

    def case(self, pupil: Any, state: str = "OPEN", **more: Any) -> Case:
        self.count += 1
        return Case.objects.create(
            reference=f"E-{self.count}", pupil=pupil, school=self.children.school("chalkhill"),
            service=self.service, framework=self.framework, state=state, opened_on=SINCE, **more,
        )  # fmt: skip

    def referral(self, pupil: Any) -> Referral:
        self.count += 1
        return Referral.objects.create(
            reference=f"R-{self.count}", pupil=pupil, school=self.children.school("chalkhill"),
            service=self.service, framework=self.framework, main_worry="OTHER",
            last_incident="Example", sent_at=f"{SINCE}T09:00Z", sent_by_id=self.actor.staff_id,
        )  # fmt: skip

    def alternative(self, pupil: Any) -> Alternative:
        return Alternative.objects.create(
            pupil=pupil, school=self.children.school("chalkhill"), framework=self.framework,
            kind="Example", reason="Example", agreed_by="All", starts_on=SINCE,
            planned_end_on=MONDAY, **self.by,
        )  # fmt: skip

    def chronology(self, pupil: Any) -> ReportApproval:
        return ReportApproval.objects.create(
            kind="CHRONOLOGY", pupil=pupil, asked_at=f"{SINCE}T09:00Z",
            asked_by_id=self.actor.staff_id, chosen={"for": "Example"}, line_ids=[1],
        )  # fmt: skip

    def profile(self, pupil: Any, words: str = "", *helps: str) -> Profile:
        return Profile.objects.create(
            pupil=pupil, words=words, said_on=SINCE if words else None, helps=list(helps),
            updated_by_id=self.actor.staff_id, updated_on=SINCE,
        )  # fmt: skip

    def week(self, pupil: Any, hours: int) -> CurriculumWeek:
        case = self.case(pupil, "CLOSED", closed_on=MONDAY)
        return CurriculumWeek.objects.create(
            case=case,
            pupil=pupil,
            week_starts_on=MONDAY,
            hours=hours,
            full_time_hours=25,
            **self.by,
        )

    def spell(self, pupil: Any) -> PathwaySpell:
        return PathwaySpell.objects.create(
            pupil=pupil, pathway="ACADEMIC", starts_on=SINCE, **self.by
        )


@pytest.fixture
def one(cast, children, pair):
    return One(cast, children)


def test_every_unique_rule_of_a_pupil_says_how_two_become_one():
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT i.indrelid::regclass::text FROM pg_index i
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND (a.attnum = ANY (i.indkey) OR EXISTS (
              SELECT 1 FROM pg_depend d  -- A column that stands in what is indexed.
              WHERE d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))
            JOIN sec.pupil_references() r
              ON r.in_table = i.indrelid::regclass::text AND r.in_column = a.attname
            WHERE i.indisunique OR i.indisexclusion"""
        )
        unique = {table for (table,) in cursor.fetchall()}

    said = {
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, CouncilModel) and model.one_each
    }
    assert unique == said | {REGISTERS}


def test_two_full_records_are_merged_and_the_undoing_gives_each_its_own(acting, pair, one):
    facts = (("", "Quiet", 10), ("I like maps", "A map", 20))
    for pupil, (words, helps, hours) in zip(pair, facts, strict=True):
        one.profile(pupil, words, helps, "A clear start")
        one.week(pupil, hours)
        one.spell(pupil)
    kept, merged = pair
    mina = acting("mina")

    merge = merge_pupils(actor=mina, kept=kept, merged=merged, reason=WHY)

    profile = Profile.objects.get(pupil=kept)
    assert (profile.words, profile.said_on) == ("I like maps", SINCE)
    assert profile.helps == ["Quiet", "A clear start", "A map"]
    assert [week.hours for week in kept.curriculum.all()] == [10]
    assert len(merge.stays) == 3

    undo_merge(actor=mina, merge=merge)

    profile.refresh_from_db()
    assert (profile.words, profile.said_on) == ("", None)
    assert profile.helps == ["Quiet", "A clear start"]
    assert Profile.objects.get(pupil=merged).helps == ["A map", "A clear start"]
    assert [week.hours for week in merged.curriculum.all()] == [20]


def test_a_profile_changed_since_the_merge_is_left_as_it_is(acting, pair, one):
    kept, merged = pair
    own = one.profile(kept, "", "Quiet")
    one.profile(merged, "", "A map")
    mina = acting("mina")
    merge = merge_pupils(actor=mina, kept=kept, merged=merged, reason=WHY)
    Profile.objects.filter(pk=own.pk).update(helps=["Something else"])

    undo_merge(actor=mina, merge=merge)

    own.refresh_from_db()
    assert own.helps == ["Something else"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        ("case", "Close one of the two cases first"),
        ("referral", "Decide or withdraw one of the two first"),
        ("alternative", "Record on one of the two how it ended"),
        ("chronology", "Approve or return one of the two first"),
    ],
)
def test_what_is_still_going_on_twice_has_to_end_on_one_first(acting, pair, one, make, said):
    kept, merged = pair
    for pupil in pair:
        getattr(one, make)(pupil)

    with pytest.raises(Refused, match=said):
        merge_pupils(actor=acting("mina"), kept=kept, merged=merged, reason=WHY)

    assert not Merge.objects.exists()


def test_the_page_says_before_what_is_in_the_way_and_what_stays(signed_in, pair, one):
    kept, merged = pair
    for pupil in pair:
        one.profile(pupil, "", "Quiet")
    address = f"/pupils/{kept.pk}/merge/{merged.pk}/"

    before = signed_in("mina").get(address).content.decode()
    for pupil in pair:
        one.case(pupil)
    after = signed_in("mina").get(address).content.decode()

    assert "stays with the record that goes" in before and "Make them one</button>" in before
    assert "Close one of the two cases first" in after and "Make them one</button>" not in after
