"""One case's screens: reading, allocating, settling, closing, checking, opening again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case, CaseState, ChecklistItem, SustainedCheck
from alongside.plans.models import Plan
from tests.pages import plain

pytestmark = pytest.mark.django_db


def day(name, on):
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def test_the_lead_reads_the_case_and_what_comes_next(signed_in, route):
    page = signed_in("asha").get(f"/cases/{route.case.pk}/").content.decode()

    assert "What comes next" in page
    assert "Start checklist" in page
    assert "Asha Exampleton" in page


@pytest.mark.parametrize("name", ["omar", "lena", "marta", "nell"])
def test_out_of_scope_is_the_same_as_absent(signed_in, route, name):
    client = signed_in(name)

    unseen = client.get(f"/cases/{route.case.pk}/")
    absent = client.get("/cases/99999999/")

    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert plain(unseen.content) == plain(absent.content).replace("99999999", str(route.case.pk))


def test_a_manager_allocates_on_screen(signed_in, route, acting):
    mina = acting("mina")
    told = {"staff": route.staff("omar").pk, "capacity": "CO_WORKER", "reason": "Maths"}

    answer = signed_in("mina").post(
        f"/cases/{route.case.pk}/allocate/", told | day("starts_on", mina.today), follow=True
    )

    assert "Omar Exampleton has been told." in answer.content.decode()


def test_a_stale_page_asks_before_it_replaces_a_lead_whom_somebody_chose(signed_in, route, acting):
    mina, client, url = acting("mina"), signed_in("mina"), f"/cases/{route.case.pk}/allocate/"
    asha, omar, own = (route.staff(name).pk for name in ("asha", "omar", "mina"))
    assert f'name="version" value="{asha}"' in client.get(url).content.decode()
    told = {"capacity": "LEAD", "version": asha, **day("starts_on", mina.today)}
    client.post(url, told | {"staff": omar, "reason": "Lives near"})

    stale = client.post(url, told | {"staff": own, "reason": "Knows the family"})

    page = stale.content.decode()
    assert stale.status_code == 409
    assert "You saved this at" in page and "Knows the family" in page
    acting("mina")
    assert lead_of(route.case) == omar
    shown = sent_on(page)
    client.post(url, shown | {"keep-staff": "theirs", "keep-reason": "theirs"})
    acting("mina")
    assert lead_of(route.case) == omar
    client.post(url, shown | {"keep-staff": "mine", "keep-reason": "mine"})
    acting("mina")
    assert lead_of(route.case) == own


def lead_of(case: Case) -> int:
    return case.allocations.get(capacity="LEAD", ends_on=None).staff_id


def sent_on(page: str) -> dict[str, str]:
    """What the page of two versions sends, but for what is chosen."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_a_worker_cannot_allocate(signed_in, route):
    answer = signed_in("asha").get(f"/cases/{route.case.pk}/allocate/")
    assert answer.status_code == 403


def test_a_checklist_item_needs_its_day(signed_in, route, acting):
    asha = acting("asha")
    item = ChecklistItem.objects.get(case=route.case, key="risk")
    client, url = signed_in("asha"), f"/cases/{route.case.pk}/checklist/{item.pk}/"

    refused = client.post(url, {"answer": "done"})
    done = client.post(url, {"answer": "done", "note": "Read"} | day("done_on", asha.today))

    assert refused.status_code == 422
    assert done.status_code == 302


def test_closing_on_screen_schedules_the_checks(signed_in, route, acting):
    asha = acting("asha")
    told = {
        "outcome": "SUSTAINED",
        "risk_at_end": "LOW",
        "closing_summary": "Stays in lessons.",
        **day("closed_on", asha.today),
    }

    page = signed_in("asha").post(f"/cases/{route.case.pk}/close/", told, follow=True)

    assert "Three checks are on the list" in page.content.decode()
    acting("asha")
    assert Case.objects.get(pk=route.case.pk).state == CaseState.CLOSED
    assert "Closure report" in page.content.decode()


def test_closing_without_a_repeat_measure_says_which_and_keeps_what_was_typed(
    signed_in, route, acting
):
    asha = acting("asha")
    route.result(asha, "BASELINE", 24)
    told = {
        "outcome": "SUSTAINED",
        "risk_at_end": "LOW",
        "closing_summary": "Stays in lessons.",
        **day("closed_on", asha.today),
    }

    answer = signed_in("asha").post(f"/cases/{route.case.pk}/close/", told)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Measured at the start but not at the end: Difficulties score (teacher)" in page
    assert "Stays in lessons." in page


def test_why_a_measure_is_missing_is_asked_only_when_one_is(signed_in, route, acting):
    client, at = signed_in("asha"), f"/cases/{route.case.pk}/close/"
    whole = client.get(at).content.decode()
    route.result(acting("asha"), "BASELINE", 24)
    missing = client.get(at).content.decode()

    assert "why not" not in whole
    assert "If a measure was not taken again, why not" in missing
    assert "why not (optional)" not in missing


def test_a_check_to_come_shows_the_working_of_its_day(signed_in, route, acting):
    test_closing_on_screen_schedules_the_checks(signed_in, route, acting)

    page = signed_in("asha").get(f"/cases/{route.case.pk}/").content.decode()

    assert "24 weeks after closing. The term dates entered do not reach that day" in page


def test_a_check_too_early_is_a_sentence_not_a_form(signed_in, route, acting):
    test_closing_on_screen_schedules_the_checks(signed_in, route, acting)
    check = SustainedCheck.objects.get(weeks=24)

    page = signed_in("asha").get(f"/cases/{route.case.pk}/checks/{check.pk}/").content.decode()

    assert "not before" in page
    assert "Record the answer" not in page


def test_a_draft_is_given_back(signed_in, route):
    client, url = signed_in("asha"), f"/cases/{route.case.pk}/close/"
    client.post("/drafts/", {"key": url, "content": '{"closing_summary": ["Half a thought"]}'})

    assert "Half a thought" in client.get(url).content.decode()
    assert "Half a thought" not in signed_in("mina").get(url).content.decode()


@pytest.fixture
def secrets(route, acting):
    """What only the service reads: a plan being written, a checklist's note, what changed."""
    asha = acting("asha")
    ChecklistItem.objects.filter(case=route.case).update(note="SECRET NOTE")
    Case.objects.filter(pk=route.case.pk).update(
        reason="SECRET REASON", risk_at_start="HIGH", closing_notes="SECRET CLOSING"
    )
    return Plan.objects.create(
        case=route.case,
        pupil=route.pupil,
        number=1,
        aim="SECRET AIM",
        starts_on=asha.today,
        review_due_on=asha.today + timedelta(weeks=6),
        written_by_id=asha.staff_id,
        changed_by_id=asha.staff_id,
        changed_at=timezone.now(),
    )


@pytest.mark.parametrize("name", ["hana", "petra", "theo", "ines"])
def test_who_reads_only_what_is_shared_sees_no_casework_on_the_case(
    signed_in, route, secrets, name
):
    page = signed_in(name).get(f"/cases/{route.case.pk}/").content.decode()

    assert "SECRET" not in page
    assert "Start checklist" not in page
    assert "Risk of exclusion" not in page


def test_a_checklist_item_is_absent_for_who_reads_only_what_is_shared(signed_in, route, secrets):
    item = route.case.checklist.first()

    answer = signed_in("hana").get(f"/cases/{route.case.pk}/checklist/{item.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["dora", "hana", "petra"])
def test_a_plan_being_written_is_its_services_alone(signed_in, route, secrets, name):
    client = signed_in(name)

    assert client.get(f"/plans/{secrets.pk}/").status_code == 404
    assert "SECRET AIM" not in client.get(f"/cases/{route.case.pk}/").content.decode()
    assert "SECRET AIM" not in client.get(f"/pupils/{route.pupil.pk}/plan/").content.decode()


def test_the_service_reads_all_of_it(signed_in, route, secrets):
    page = signed_in("asha").get(f"/cases/{route.case.pk}/").content.decode()

    assert page.count("SECRET NOTE") == route.case.checklist.count()
    assert all(word in page for word in ("SECRET AIM", "SECRET REASON", "SECRET CLOSING"))


def test_each_field_of_the_closing_form_says_who_reads_it(signed_in, route, acting):
    route.result(acting("asha"), "BASELINE", 24)

    page = signed_in("asha").get(f"/cases/{route.case.pk}/close/").content.decode()

    assert page.count("Read by the service and the council only.") == 3
    assert "Read by the school, the family and the service" in page


def test_the_school_reads_what_changed_on_the_case(signed_in, route):
    Case.objects.filter(pk=route.case.pk).update(closing_summary="He stays in lessons.")

    page = signed_in("hana").get(f"/cases/{route.case.pk}/").content.decode()

    assert "He stays in lessons." in page


def answers(route, **said):
    """What the page of the whole checklist would post: each item left but those named."""
    typed = {}
    for item in ChecklistItem.objects.filter(case=route.case):
        answer, note = said.get(item.key.replace("-", "_"), ("leave", ""))
        typed |= {f"answer_{item.pk}": answer, f"note_{item.pk}": note}
    return typed


def test_the_checklist_is_settled_in_one_go_from_the_case(signed_in, route, acting):
    asha = acting("asha")
    client, at = signed_in("asha"), f"/cases/{route.case.pk}/checklist/"
    typed = answers(route, family=("done", "Rang Jo"), risk=("na", "The school wrote one"))
    assert f'href="{at}"' in client.get(f"/cases/{route.case.pk}/").content.decode()

    answer = client.post(at, typed | day("done_on", asha.today))

    acting("asha")
    settled = {i.key: i for i in ChecklistItem.objects.filter(case=route.case)}
    assert answer.status_code == 302
    family, risk = settled["family"], settled["risk"]
    assert (family.done_on, family.note, family.done_by_id) == (
        asha.today,
        "Rang Jo",
        asha.staff_id,
    )
    assert (risk.done_on, risk.not_applicable_because) == (None, "The school wrote one")
    assert settled["agreement"].done_by_id is None


def test_what_does_not_apply_needs_its_reason_and_nothing_is_settled_by_halves(
    signed_in, route, acting
):
    asha = acting("asha")
    typed = answers(route, family=("done", "Rang Jo"), risk=("na", " "))

    answer = signed_in("asha").post(
        f"/cases/{route.case.pk}/checklist/", typed | day("done_on", asha.today)
    )

    acting("asha")
    assert answer.status_code == 422
    assert "say why it does not apply" in answer.content.decode()
    assert "Rang Jo" in answer.content.decode()
    assert not ChecklistItem.objects.exclude(done_on=None).exists()


def test_settling_nothing_says_so(signed_in, route, acting):
    asha = acting("asha")
    typed = answers(route) | day("done_on", asha.today)

    answer = signed_in("asha").post(f"/cases/{route.case.pk}/checklist/", typed)

    assert "Choose an answer for one item at least" in answer.content.decode()


def test_a_checklist_all_settled_leads_back_to_the_case(signed_in, route, acting):
    asha = acting("asha")
    ChecklistItem.objects.filter(case=route.case).update(done_on=asha.today)
    client = signed_in("asha")

    answer = client.get(f"/cases/{route.case.pk}/checklist/")

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{route.case.pk}/#checklist")
    assert "Settle what is open" not in client.get(f"/cases/{route.case.pk}/").content.decode()


def test_the_whole_checklist_is_absent_for_who_reads_only_what_is_shared(signed_in, route):
    assert signed_in("hana").get(f"/cases/{route.case.pk}/checklist/").status_code == 404


def test_settling_the_whole_checklist_is_absent_for_who_reads_only_what_is_shared(
    signed_in, route, secrets
):
    assert signed_in("hana").get(f"/cases/{route.case.pk}/checklist/").status_code == 404
