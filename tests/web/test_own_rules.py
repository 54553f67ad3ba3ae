"""What a council sets for itself on screen: scales, the rhythm of a kind of plan, its standards."""

from datetime import timedelta

import pytest

from alongside.assessments.models import Measure, MeasureResult
from alongside.core.models import AuditEntry, Notice, RoleAssignment
from alongside.core.permissions import Role
from alongside.pathways import packs
from alongside.pathways.models import PlanType, ServiceStandard
from tests.pathways import made
from tests.plans.makers import PACK
from tests.referrals import made as referrals
from tests.routes import route  # noqa: F401
from tests.web_page import Page

pytestmark = pytest.mark.django_db

SCALE = {
    "name": "Ready for class",
    "about": "How ready a child is when a lesson begins.",
    "low": "0",
    "high": "10",
    "is_whole": "on",
    "better": "HIGHER",
    "bands": "0 to 3: Not yet\n4 - 7 Getting there\n8 to 10: Ready",
    "source": "Our schools, 2026",
}


@pytest.fixture
def pack(acting, route) -> None:
    made.pack(acting("adam"))


def added(signed_in, acting, **more) -> Measure:
    answer = signed_in("mina").post("/measures/new/", SCALE | more)
    assert answer.status_code == 302, answer.content.decode()
    acting("mina")
    return Measure.objects.get(name="Ready for class", ended_on=None)


def page(client, url: str) -> str:
    return client.get(url).content.decode()


def score(client, acting, pupil, measure, value, occasion="BASELINE"):
    on = acting("asha").today
    told = {"measure": measure.pk, "informant": "TEACHER", "occasion": occasion, "score": value}
    told |= {"taken_on_0": on.day, "taken_on_1": on.month, "taken_on_2": on.year}
    return client.post(f"/pupils/{pupil.pk}/assessment/scores/new/", told, follow=True)


def test_a_manager_adds_a_scale_that_workers_then_score_on(signed_in, acting, route, pack):
    scale = added(signed_in, acting)

    done = score(signed_in("asha"), acting, route.pupil, scale, 2).content.decode()

    assert "Ready for class: 2, not yet." in done
    assert "This band: check before relying on it." in done
    listed = page(signed_in("asha"), "/measures/")
    assert "0 to 3 not yet; 4 to 7 getting there; 8 to 10 ready" in listed
    assert "Our own scale" in listed and "Change" not in listed.split("Ready for class")[1][:400]


def test_other_ends_make_a_new_scale_and_the_old_scores_read_as_they_were(
    signed_in, acting, route, pack
):  # fmt: skip
    scale = added(signed_in, acting)
    score(signed_in("asha"), acting, route.pupil, scale, 2)

    signed_in("mina").post(
        f"/measures/{scale.pk}/change/", SCALE | {"high": "20", "bands": "0 to 20: Any"}
    )

    acting("asha")
    old = MeasureResult.objects.get(measure=scale).measure
    new = Measure.objects.get(follows=old)
    assert (old.high, new.high, old.ended_on is not None) == (10, 20, True)
    record = page(signed_in("asha"), f"/pupils/{route.pupil.pk}/assessment/")
    assert "2 of 10" in record and "Not yet" in record
    assert "Measure again" not in record
    catalogue = page(signed_in("asha"), "/measures/")
    assert "Scored no longer" in catalogue and "then as Ready for class now stands" in catalogue


def test_a_scale_is_not_raised_past_its_bands(signed_in, acting, pack):
    scale = added(signed_in, acting)

    answer = signed_in("mina").post(f"/measures/{scale.pk}/change/", SCALE | {"high": "20"})

    assert "These scores have no band: 11 to 20." in answer.content.decode()
    acting("asha")
    assert Measure.objects.get(pk=scale.pk).high == 10


def test_other_words_change_the_scale_where_it_stands(signed_in, acting, route, pack):
    scale = added(signed_in, acting)
    score(signed_in("asha"), acting, route.pupil, scale, 2)

    signed_in("mina").post(
        f"/measures/{scale.pk}/change/", SCALE | {"name": "Ready to learn", "is_checked": "on"}
    )

    acting("asha")
    scale.refresh_from_db()
    assert (scale.name, scale.ended_on, scale.unchecked) == ("Ready to learn", None, [])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"high": "0"}, "The highest score is above the lowest."),
        ({"bands": "0 to 3 Not yet\n3 to 5 More"}, "Band 2 begins at or below the end"),
        ({"bands": "0 to 30: Any"}, "Band 1 lies outside the scale, 0 to 10."),
        ({"bands": "0 to 3: Rough\n5 to 10: Calm"}, "These scores have no band: 4."),
        ({"bands": "1 to 3: Rough\n7 to 8: Calm"}, "no band: 0, 4 to 6 and 9 to 10."),
        ({"high": "20"}, "These scores have no band: 11 to 20."),
        ({"bands": "0 to 3.5: Low\n4.5 to 10: High"}, "These scores have no band: 4."),
        ({"is_whole": "", "bands": "0 to 4: Low\n5 to 10: High"}, "no band: 4.01 to 4.99."),
        ({"bands": "low"}, "Line 1: write the scores, a colon"),
        ({"source": "", "is_checked": "on"}, "Say where the bands come from"),
        ({"name": "SDQ: conduct difficulties"}, "Another measure has this name."),
        ({"name": "sdq  conduct difficulties!"}, "Another measure has this name."),
    ],
)
def test_a_scale_that_cannot_be_scored_on_is_explained(signed_in, pack, wrong, words):
    answer = signed_in("mina").post("/measures/new/", SCALE | wrong)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_scale_used_no_longer_is_not_offered_and_its_scores_stay(
    signed_in, acting, route, pack
):  # fmt: skip
    scale = added(signed_in, acting)
    score(signed_in("asha"), acting, route.pupil, scale, 2)

    signed_in("mina").post(f"/measures/{scale.pk}/end/")

    client = signed_in("asha")
    base = f"/pupils/{route.pupil.pk}/assessment/"
    assert "Ready for class" not in page(client, f"{base}scores/new/")
    assert "2 of 10" in page(client, base)


def test_a_worker_and_a_measure_of_the_pack_are_refused_with_why(signed_in, acting, pack):
    acting("mina")
    packed = Measure.objects.get(key="leuven-wellbeing")

    assert signed_in("asha").post("/measures/new/", SCALE).status_code == 403
    told = page(signed_in("mina"), f"/measures/{packed.pk}/change/")
    assert "comes with the council’s pack" in told or "council&#x27;s pack" in told


def test_a_manager_sets_the_rhythm_of_a_kind_and_a_pack_leaves_it(signed_in, acting, pack):
    told = {"name": "PSP", "review_weeks": "3", "source": "", "description": "For a place at risk"}

    answer = signed_in("mina").post("/plan-types/PASTORAL/change/", told)
    packs.load(actor=acting("adam"), folder=PACK)

    assert answer.status_code == 302
    one = PlanType.objects.get(key="PASTORAL")
    assert (one.name, one.review_weeks, one.is_on) == ("PSP", 3, True)
    assert AuditEntry.objects.filter(kind="plan_type.changed").count() == 1
    assert "Every 3 weeks" in page(signed_in("asha"), "/plan-types/")


def test_another_council_sets_its_own(signed_in, pack):
    client = signed_in("sara")  # Of a council that has loaded no pack.

    for url in ("/plan-types/PASTORAL/change/", "/standards/plan-agreed/"):
        assert client.get(url).status_code == 404


def test_two_managers_who_change_one_kind_are_told(signed_in, pack):
    client = signed_in("mina")
    first = page(client, "/plan-types/PASTORAL/change/")
    seen = first.split('name="seen" value="')[1].split('"')[0]
    told = {"name": "PSP", "review_weeks": "3", "seen": seen}

    client.post("/plan-types/PASTORAL/change/", told)

    assert client.post("/plan-types/PASTORAL/change/", told).status_code == 409


def test_one_standard_is_read_on_the_referral_form_on_the_times_and_on_its_page(
    signed_in, acting, cast
):
    robin, _ = referrals.ready(acting, cast)
    adam = acting("adam")
    ServiceStandard.objects.update(starts_on=adam.today - timedelta(days=30))
    told = {"amount": "30", "unit": "SCHOOL_DAYS", "source": "Leaders, November"}

    signed_in("mina").post("/standards/referral-to-plan/", told)

    listed = page(signed_in("mina"), "/standards/")
    assert "<b>30 school days</b> from the day the referral is received" in listed
    assert "25 school days until" in listed
    assert "a plan within 30" in page(signed_in("mina"), "/referrals/times/")
    form = page(signed_in("petra"), f"/referrals/new/{robin.pk}/")
    assert "30 school days:" in form and "From the day the referral is received." in form
    assert "15 school days:" not in form


def test_the_day_a_first_plan_is_due_follows_the_standard(signed_in, acting, route, pack):
    client = signed_in("asha")
    before = page(client, f"/cases/{route.case.pk}/")

    signed_in("mina").post("/standards/plan-agreed/", {"amount": "40", "unit": "SCHOOL_DAYS"})

    acting("asha")
    assert ServiceStandard.objects.get(key="plan-agreed", ends_on=None).amount == 40
    after = page(signed_in("asha"), f"/cases/{route.case.pk}/")
    assert before.split("First plan by")[1][:14] != after.split("First plan by")[1][:14]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"amount": "0"}, "Enter 1 to 190 school days."), ({"is_verified": "on"}, "Say where")],
)
def test_a_standard_that_nobody_could_keep_is_explained(signed_in, pack, wrong, words):
    told = {"amount": "5", "unit": "SCHOOL_DAYS", "source": ""} | wrong

    answer = signed_in("mina").post("/standards/plan-agreed/", told)

    assert answer.status_code == 422
    assert words in answer.content.decode()


KIND = {
    "name": "Nurture plan",
    "description": "For a child who needs a smaller room for a while.",
    "holds": ["has_timetable"],
    "agreeing": ["SCHOOL", "FAMILY"],
    "approving": ["pru_headteacher"],
    "review_weeks": "4",
    "source": "Our nurture group, 2026",
}


def kind_added(signed_in, acting, **more) -> PlanType:
    answer = signed_in("mina").post("/plan-types/new/", KIND | more)
    assert answer.status_code == 302, answer.content.decode()
    acting("mina")
    return PlanType.objects.get(name="Nurture plan")


def test_a_manager_adds_a_kind_of_plan_which_a_pack_leaves_and_workers_are_offered(
    signed_in, acting, route, pack
):
    blank = page(signed_in("mina"), "/plan-types/new/")
    assert "Whom it affects" in blank and Page(blank).problems() == []

    kind = kind_added(signed_in, acting)
    packs.load(actor=acting("adam"), folder=PACK)

    kind.refresh_from_db()
    assert (kind.agreeing, kind.has_timetable, kind.is_signed) == (
        ["SCHOOL", "FAMILY"],
        True,
        False,
    )
    assert AuditEntry.objects.filter(kind="plan_type.added").count() == 1
    listed = page(signed_in("asha"), "/plan-types/").split("Nurture plan", 1)[1]
    assert "Every 4 weeks" in listed and "Headteacher or senior leader, PRU" in listed
    assert "Added here" in listed
    asked = page(signed_in("asha"), f"/cases/{route.case.pk}/plans/new/")
    assert f'value="{kind.key}"' in asked and "smaller room" in asked


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Pastoral Support Plan"}, "Another kind of plan has this name"),
        ({"name": "Pastoral  Support Plan"}, "Another kind of plan has this name"),
        ({"name": "pastoral support-plan!"}, "Another kind of plan has this name"),
        ({"agreeing": []}, "one at least"),
        ({"agreeing": ["SCHOOL", "PUPIL"]}, "The family is always asked"),
        ({"approving": ["casework_supervisor"]}, "id_approving-error"),
        ({"review_weeks": "60"}, "between 1 and 52 weeks"),
        ({"name": " "}, "Name"),
    ],
)
def test_a_kind_that_cannot_stand_is_told_at_its_field(signed_in, acting, pack, changed, said):
    answer = signed_in("mina").post("/plan-types/new/", KIND | changed)

    assert answer.status_code == 422 and said in answer.content.decode()
    acting("mina")
    assert not PlanType.objects.filter(is_added=True).exists()


def test_only_who_sets_the_councils_own_rules_adds_a_kind(signed_in, pack):
    for name in ("asha", "hugo", "petra"):
        assert signed_in(name).post("/plan-types/new/", KIND).status_code == 403
        assert "Add a kind of plan" not in page(signed_in(name), "/plan-types/")


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("at", ["/standards/first-contact/", "/measures/new/", "/plan-types/new/"])
def test_a_lead_of_one_neighbourhood_sets_nothing_for_the_whole_council(signed_in, at):
    lena, mina = signed_in("lena"), signed_in("mina")
    why = "This holds in the whole council"

    assert why in page(lena, at)
    assert why not in page(mina, at)


@pytest.mark.usefixtures("pack")
def test_a_standard_set_from_one_neighbourhood_stays_as_it_was(signed_in, acting):
    acting("mina")
    standard = ServiceStandard.objects.get(key="first-contact", ends_on=None)

    sent = {"amount": "1", "unit": standard.unit, "source": "", "seen": standard.pk}
    answer = signed_in("lena").post("/standards/first-contact/", sent)

    assert (
        answer.status_code == 409 and "This holds in the whole council" in answer.content.decode()
    )
    acting("mina")
    assert ServiceStandard.objects.get(key="first-contact", ends_on=None) == standard
    standard.refresh_from_db()
    assert standard.amount != 1


@pytest.mark.usefixtures("pack")
def test_whoever_manages_another_service_is_told_of_a_rule_that_changes(signed_in, acting, cast):
    acting("adam")
    primary = RoleAssignment.objects.create(
        staff_id=cast.staff["carys"], role=Role.OUTREACH_MANAGER, place_id=cast.places["primary"],
        starts_on=acting("adam").today,
    )  # fmt: skip
    standard = ServiceStandard.objects.get(key="first-contact", ends_on=None)

    signed_in("mina").post(
        "/standards/first-contact/",
        {"amount": "3", "unit": standard.unit, "source": "", "seen": standard.pk},
    )

    acting("carys")
    told = Notice.objects.filter(kind="rule.changed")
    assert primary.staff_id in told.values_list("staff_id", flat=True)
    assert acting("mina").staff_id not in told.values_list("staff_id", flat=True)
