"""Today, for each role: what is due, what is new, empty states, and who may not look."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.cases.models import Case
from alongside.core.models import AuditEntry, Notice
from alongside.people.actions.involvement import involve
from alongside.people.models import Capacity
from alongside.referrals.models import CriterionAnswer, Referral
from alongside.schools.models import NamedWorker, NonTeachingDay, Term
from alongside.web import dates
from tests.children import Children
from tests.referrals.made import returned

pytestmark = pytest.mark.django_db


def test_the_lead_reads_what_is_due_and_who_is_theirs(signed_in, route):
    page = signed_in("asha").get("/").content.decode()

    assert "Write the first plan: Robin Testerly" in page
    assert "Your 1 pupil" in page
    assert "A case was allocated to you." in page


def test_schools_to_contact_are_one_line_after_what_is_due_of_children_by_then(
    signed_in, route, acting
):
    asha, long_ago = acting("asha"), acting("asha").today - timedelta(days=900)
    for place in ("marlpit", "chalkhill"):
        school = route.children.school(place)
        NamedWorker.objects.create(school=school, staff_id=asha.staff_id, starts_on=long_ago)

    client = signed_in("asha")
    page = client.get("/").content.decode()

    assert page.count("2 schools to contact") == 1
    # Late since long: after what is due today, before what is due in weeks.
    assert page.index("2 schools to contact") < page.index("Write the first plan: Robin Testerly")
    Case.objects.update(opened_on=asha.today - timedelta(days=80))
    late = client.get("/").content.decode()
    assert late.index("Write the first plan: Robin Testerly") < late.index("2 schools to contact")
    assert "Contact " not in page
    assert client.get("/due/").content.decode().count("Contact ") == 2, "each by its day"


def test_somebody_with_nothing_due_reads_so(signed_in, cast):
    page = signed_in("omar").get("/").content.decode()

    assert "Nothing is due" in page
    assert "Nothing new" in page


def test_a_school_is_offered_to_refer(signed_in, cast):
    assert "Refer a pupil" in signed_in("petra").get("/").content.decode()


@pytest.mark.parametrize("name", ["cleo", "iris", "pat", "otis", "adam"])
def test_roles_without_pupils_have_a_day_too(signed_in, route, name):
    page = signed_in(name).get("/")

    assert page.status_code == 200
    assert "Testerly" not in page.content.decode()


def test_a_notice_names_a_child_only_to_who_may_see_the_child(signed_in, route, acting):
    omar = acting("omar")
    Notice.objects.create(
        staff_id=omar.staff_id, kind="x", text="Something is new.", pupil_id=route.pupil.pk
    )

    page = signed_in("omar").get("/").content.decode()

    assert "Something is new." in page
    assert "Testerly" not in page


def test_looking_at_today_is_audited_with_each_pupil_shown(signed_in, route, acting):
    signed_in("asha").get("/")

    acting("dpo")
    assert AuditEntry.objects.get(kind="pupils.listed").pupil_ids == [route.pupil.pk]


def test_notices_can_be_marked_as_seen(signed_in, route):
    client = signed_in("asha")

    client.post(reverse("notices-seen"))

    assert "Nothing new" in client.get("/").content.decode()


def test_a_task_is_added_and_ticked(signed_in, cast):
    client = signed_in("asha")
    told = {"text": "Ring the school", "due_on_0": "1", "due_on_1": "12", "due_on_2": "2026"}

    client.post("/tasks/new/", told)
    page = client.get("/due/").content.decode()

    assert "Ring the school" in page
    url = page.split('href="/tasks/')[2].split('"')[0]
    assert "Mark as done" in client.get(f"/tasks/{url}").content.decode()
    assert "Take the tick back" in client.post(f"/tasks/{url}", follow=True).content.decode()


def test_bad_input_is_kept_and_explained(signed_in, cast):
    answer = signed_in("asha").post(
        "/tasks/new/", {"text": "Ring", "due_on_0": "31", "due_on_1": "2", "due_on_2": "2027"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is 1 thing to fix" in page or "There is a problem" in page
    assert 'value="Ring"' in page


def notice(acting, name: str, **more) -> Notice:
    staff = acting(name)
    return Notice.objects.create(staff_id=staff.staff_id, **{"kind": "x", "text": "New.", **more})


def test_a_link_of_a_notice_says_what_it_leads_to(signed_in, route, acting):
    notice(acting, "asha", url=f"/pupils/{route.pupil.pk}/", pupil_id=route.pupil.pk)

    page = signed_in("asha").get("/").content.decode()

    assert 'Robin Testerly<span class="govuk-visually-hidden">: New.</span></a>' in page


@pytest.mark.parametrize("at", ["/pupils/{}/", "/pupils/{}/access/", "/plans/{}/", "/nowhere/"])
def test_a_notice_about_what_is_not_the_readers_has_no_link(signed_in, route, acting, at):
    notice(acting, "omar", url=at.format(route.pupil.pk), pupil_id=route.pupil.pk)

    page = signed_in("omar").get("/").content.decode()

    assert "New." in page
    assert "Read it" not in page


def test_a_notice_to_a_screen_of_another_role_has_no_link(signed_in, cast, acting):
    notice(acting, "petra", url="/audit/")

    assert 'href="/audit/"' not in signed_in("petra").get("/").content.decode()


def test_who_answers_for_records_is_led_to_the_trail_of_a_record_opened(signed_in, acting, cast):
    child = Children(cast).pupil()  # No service works with this child, so no record opens.
    at = f"/pupils/{child.pk}/access/"
    notice(acting, "dpo", kind="record.opened", url=at, pupil_id=child.pk)
    client = signed_in("dpo")

    url = f"/audit/?pupil={child.pk}" if client.get(at).status_code == 404 else at

    assert f'href="{url}"' in client.get("/").content.decode()
    assert client.get(url).status_code == 200


def test_after_six_weeks_a_notice_is_no_news_but_is_not_lost(signed_in, acting, cast):
    old = notice(acting, "omar", text="Long ago.")
    Notice.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(weeks=6, days=1))
    client = signed_in("omar")

    assert "Nothing new" in client.get("/").content.decode()
    assert "Long ago." in client.get("/notices/").content.decode()


def test_what_came_last_stands_first_whatever_its_number(signed_in, acting, cast):
    late, early = notice(acting, "omar", text="Late."), notice(acting, "omar", text="Early.")
    for which, ago in ((late, 1), (early, 2)):
        at = timezone.now() - timedelta(hours=ago)
        Notice.objects.filter(pk=which.pk).update(created_at=at)

    for address in ("/", "/notices/"):
        page = signed_in("omar").get(address).content.decode()
        assert page.index("Late.") < page.index("Early.")


def test_who_may_not_open_the_case_is_led_to_the_pupil(signed_in, acting, route, cast):
    Children(cast).involve(route.pupil, "tom", Capacity.TEACHES)
    notice(acting, "tom", url=f"/cases/{route.case.pk}/", pupil_id=route.pupil.pk)

    assert f'href="/pupils/{route.pupil.pk}/"' in signed_in("tom").get("/").content.decode()


def test_all_notices_are_turned_page_by_page(signed_in, acting, cast):
    for number in range(51):
        notice(acting, "omar", text=f"Number {number}.")
    client = signed_in("omar")

    first = client.get("/notices/").content.decode()
    following = first.split('rel="next" href="')[1].split('"')[0]

    assert "Number 50." in first and "Number 0." not in first
    assert "Number 0." in client.get(f"/notices/{following}").content.decode()


def test_the_notices_of_somebody_else_are_not_shown(signed_in, acting, cast):
    notice(acting, "asha", text="Hers alone.")

    page = signed_in("omar").get("/notices/?before=x").content.decode()

    assert "Hers alone." not in page
    assert "No notices" in page


def test_a_schools_today_counts_its_own_closures_and_a_workers_does_not(signed_in, cast, acting):
    children = Children(cast)
    school = children.school("chalkhill")
    today = acting("dpo").today
    Term.objects.create(
        name="Autumn", starts_on=today - timedelta(days=60), ends_on=today + timedelta(days=13)
    )
    where = {name: _left(signed_in(name)) for name in ("petra", "asha")}
    acting("dpo")
    day = today + timedelta(days=1 if today.weekday() < 4 else 4)
    NonTeachingDay.objects.create(
        school=school, kind="INSET", starts_on=day, ends_on=day, learned_on=day
    )

    assert _left(signed_in("petra")) == where["petra"] - 1
    assert _left(signed_in("asha")) == where["asha"]


def _left(client) -> int:
    return int(re.search(r"Autumn term, (\d+) school day", client.get("/").content.decode())[1])


def test_a_referral_came_back_to_the_school_on_the_day_of_its_return(signed_in, acting, cast):
    referral = returned(acting, cast)
    long_ago = timezone.now() - timedelta(days=40)
    Referral.objects.filter(pk=referral.pk).update(sent_at=long_ago)
    CriterionAnswer.objects.update(do_by=None)

    page = signed_in("hana").get("/").content.decode()

    line = page.split("Add what is missing")[1][:600]
    assert "The referral came back on" in line
    assert f"on {dates.short_weekday(timezone.localdate())}" in line
    assert "late" not in line


def test_a_teacher_finds_the_pupils_they_teach(acting, route, signed_in):
    asha = acting("asha")
    assert "Your 1 pupil" not in signed_in("theo").get("/").content.decode()
    involve(
        actor=asha, pupil=route.pupil, capacity=Capacity.TEACHES, starts_on=asha.today,
        staff_id=route.staff("theo").pk,
    )  # fmt: skip

    page = signed_in("theo").get("/").content.decode()

    assert "Your 1 pupil" in page
    assert f'href="/pupils/{route.pupil.pk}/"' in page
    assert 'href="/caseload/"' not in page
    acting("asha")
    viewed = AuditEntry.objects.filter(staff_id=route.staff("theo").pk).order_by("-pk")
    assert any(route.pupil.pk in entry.pupil_ids for entry in viewed[:3])


def test_who_keeps_no_diary_is_told_of_no_visits(signed_in, route):
    assert "no visits" in signed_in("asha").get("/").content.decode()

    school = signed_in("petra").get("/").content.decode()

    assert "no visits" not in school and ">Visits<" not in school
