"""Who has a part in a plan: added, heard in their own words, asked whether they agree."""

import pytest

from alongside.cases.models import Case
from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import Notice, Staff
from alongside.people.models import ChronologyEntry
from alongside.plans import actions, comparing, parts, policy, queries
from alongside.plans.models import Agreement, Contributor, Party, Plan, PlanState
from alongside.plans.withdrawn import state_of
from alongside.schools.models import School
from tests.duties.test_due import whats
from tests.pages import says_who_saved
from tests.pathways import made
from tests.plans.makers import Making, added, facts, school_held, write


def moved(making: Making) -> School:
    """The case as it stands once its pupil goes to another school."""
    school = made.school(making.cast.places["marlpit"], "Marlpit Academy")
    Case.objects.filter(pk=making.case.pk).update(school=school)
    return school


@pytest.mark.duty("OW-09")
def test_each_contributor_brings_something_and_agrees_on_a_day(making):
    plan = making.written()
    people = [
        (Party.PUPIL, "Robin Testerly", "asha"),
        (Party.FAMILY, "Jo Testerly", "asha"),
        (Party.SCHOOL, "T. Exemplar", "petra"),
        (Party.AGENCY, "Pat Exampleperson", "asha"),
    ]
    actions.edit_plan(
        actor=making.acting("asha"),
        plan=plan,
        facts=facts(making.today, is_joint=True),
        version=plan.version,
    )
    for party, name, by in people:
        write(making, added(making, plan, party, name), by, f"What {name} brings.")
    actions.submit(actor=making.acting("asha"), plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    agency = plan.contributors.get(party="AGENCY")
    actions.answer_for(
        actor=making.acting("asha"),
        contributor=agency,
        is_agreed=True,
        how="by e-mail",
        agreed_on=making.today,
    )
    for party in (Party.PUPIL, Party.FAMILY, Party.SCHOOL):
        plan = making.answer(plan, party)

    assert plan.state == PlanState.AGREED
    said = {one.name: (one.section, one.written_on) for one in plan.contributors.all()}
    assert said == {name: (f"What {name} brings.", making.today) for _, name, _ in people}
    agreed = dict(Agreement.objects.filter(plan=plan).values_list("party", "agreed_on"))
    assert agreed == dict.fromkeys(("PUPIL", "FAMILY", "SCHOOL", "AGENCY"), making.today)


@pytest.mark.duty("OW-57")
def test_a_worker_adds_a_section_and_notes_to_a_schools_plan_and_overwrites_nothing(making):
    plan = school_held(making)
    petra = making.acting("petra")
    theirs = actions.add_contributor(actor=petra, plan=plan, party=Party.SCHOOL, name="T. Exemplar")
    write(making, theirs, "petra", "He sits by the door.")

    asha = making.acting("asha")
    with pytest.raises(Refused, match="The school holds this plan"):
        actions.edit_plan(actor=asha, plan=plan, facts=facts(asha.today, aim="Mine"), version=1)
    with pytest.raises(Refused, match="The school writes its own section"):
        write(making, Contributor.objects.get(pk=theirs.pk), "asha", "Mine")
    mine = added(making, plan, Party.SERVICE, "Asha Exampleton")
    write(making, mine, "asha", "Two sessions a week.")
    actions.submit(actor=making.acting("petra"), plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party)
    note = actions.add_note(actor=making.acting("asha"), plan=plan, text="Came back in 4 minutes.")

    assert (note.party, note.written_on) == ("SERVICE", making.today)
    sections = dict(plan.contributors.values_list("name", "section"))
    assert sections == {
        "T. Exemplar": "He sits by the door.",
        "Asha Exampleton": "Two sessions a week.",
    }
    assert Plan.objects.get(pk=plan.pk).aim == facts(making.today).aim


@pytest.mark.duty("OW-55")
def test_a_plan_written_with_the_school_keeps_every_version_and_who_changed_what(making):
    plan = making.written(is_joint=True)
    petra = making.acting("petra")
    seen = queries.get_plan(petra, plan.pk)
    changed = facts(petra.today, is_joint=True, aim="Robin stays in maths.")
    actions.edit_plan(actor=petra, plan=seen, facts=changed, version=seen.version)
    actions.submit(actor=making.acting("asha"), plan=plan)
    plan = actions.approve(actor=making.acting("mina"), plan=plan)
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party, by="petra" if party == Party.SCHOOL else "asha")
    review = making.review(school_view="We run the card ourselves.")
    actions.record_review(actor=making.acting("asha"), plan=plan, facts=review)

    newest, first = comparing.saved_versions(making.acting("petra"), plan)
    assert newest.version.saved_by_id == petra.staff_id
    assert [(line.label, line.after) for line in newest.changed] == [
        ("Aim", "Robin stays in maths.")
    ]
    assert first.version.saved_by_id == plan.written_by_id
    assert plan.review.school_view == "We run the card ourselves."


def test_what_is_kept_from_the_school_outlives_the_school_saving_the_plan(making):
    today = making.today
    kept = tuple(
        action
        if action.party != Party.FAMILY
        else type(action)(**(vars(action) | {"is_shared": False}))
        for action in facts(today).actions
    )
    plan = making.written(is_joint=True, actions=kept)
    petra = making.acting("petra")
    shown = facts(today, is_joint=True, actions=tuple(a for a in kept if a.is_shared))

    actions.edit_plan(actor=petra, plan=plan, facts=shown, version=plan.version)

    assert plan.actions.get(party="FAMILY").text == "Text school after a hard morning"
    read = comparing.saved_versions(making.acting("petra"), plan)
    assert "Text school" not in str([line for one in read for line in one.changed])


def test_two_who_write_one_section_both_keep_their_words(making):
    one = added(making, making.written(), Party.FAMILY, "Jo Testerly")
    write(making, one, "asha", "First")

    with pytest.raises(Conflict):
        write(making, one, "asha", "Second")

    one.refresh_from_db()
    assert one.section == "First"


def test_who_signs_in_writes_their_own_section_and_is_told(making, cast):
    plan = making.written(is_joint=True)
    petra = Staff.objects.get(pk=cast.staff["petra"])
    one = added(making, plan, Party.SCHOOL, "Petra Exampleton", staff=petra)
    assert Notice.objects.filter(staff_id=petra.pk, kind="plan.joined").exists()

    with pytest.raises(Refused, match="signs in and writes this section"):
        write(making, one, "asha")
    write(making, one, "petra")


def test_somebody_with_no_part_in_the_pupils_life_cannot_be_added(making, cast):
    plan = making.written()
    marta = Staff.objects.get(pk=cast.staff["marta"])

    with pytest.raises(Problem, match="involved with this pupil"):
        added(making, plan, Party.SCHOOL, "Marta Exampleton", staff=marta)


def test_sections_stay_as_they_were_agreed(making):
    plan = making.approved()
    one = added(making, plan, Party.FAMILY, "Jo Testerly")
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party)

    with pytest.raises(Refused, match="Add a note instead"):
        write(making, one, "asha")


def test_a_section_the_family_keeps_from_the_school_is_not_read_there(making):
    plan = making.approved()
    one = added(making, plan, Party.FAMILY, "Jo Testerly", is_shared=False)
    write(making, one, "asha", "We may move.", is_shared=False)

    assert not parts.contributors_of(queries.get_plan(making.acting("petra"), plan.pk))
    assert not ChronologyEntry.objects.filter(summary__contains="Jo Testerly").exists()


def test_somebody_added_by_mistake_is_taken_off_until_they_have_written(making):
    plan = making.written()
    one = added(making, plan, Party.AGENCY, "Pat Exampleperson")
    actions.remove_contributor(actor=making.acting("asha"), contributor=one)
    assert not plan.contributors.exists()

    other = write(making, added(making, plan, Party.FAMILY, "Jo Testerly"), "asha")
    with pytest.raises(Refused, match="has written or answered"):
        actions.remove_contributor(actor=making.acting("asha"), contributor=other)


def test_the_next_plan_keeps_who_has_a_part_and_what_they_wrote(making):
    plan = making.approved()
    write(making, added(making, plan, Party.FAMILY, "Jo Testerly"), "asha", "Mornings are hard.")
    for party in (Party.SCHOOL, Party.FAMILY, Party.PUPIL):
        plan = making.answer(plan, party)

    actions.record_review(actor=making.acting("asha"), plan=plan, facts=making.review())

    (kept,) = Plan.objects.get(previous=plan).contributors.all()
    assert (kept.name, kept.section) == ("Jo Testerly", "Mornings are hard.")


@pytest.mark.parametrize("name", ["petra", "mina"])
def test_a_withdrawal_is_told_to_the_manager_and_the_school(making, cast, name):
    making.withdrawn()

    making.acting("asha")
    assert Notice.objects.filter(staff_id=cast.staff[name], kind="plan.withdrawn").exists()


def test_a_withdrawal_is_said_wherever_the_plan_stands_and_is_due_to_its_lead(making, signed_in):
    plan = making.withdrawn()
    client = signed_in("asha")
    said = "The family no longer agrees"
    for url in (f"/plans/{plan.pk}/", f"/cases/{plan.case_id}/", "/caseload/", "/"):
        assert said in client.get(url).content.decode(), url
    assert "Agreed and in use" not in client.get(f"/cases/{plan.case_id}/").content.decode()
    assert f"Talk it through: {said}" in " ".join(whats(making.acting("asha")))

    making.answer(plan, Party.FAMILY)

    assert said not in " ".join(whats(making.acting("asha")))
    assert said not in signed_in("asha").get("/caseload/").content.decode()


def test_a_party_that_withdrew_may_agree_again(making):
    plan = making.withdrawn()

    plan = making.answer(plan, Party.FAMILY)

    assert plan.state == PlanState.AGREED
    given = plan.agreements.get(party="FAMILY")
    assert (given.is_agreed, given.withdrawn_on) == (True, None)


def test_the_pages_of_contributors_work(making, signed_in):
    plan = making.written()
    client = signed_in("asha")
    client.post(f"/plans/{plan.pk}/contributors/add/", {"party": "FAMILY", "name": "Jo Testerly"})
    making.acting("asha")
    one = plan.contributors.get()
    at = f"/plans/{plan.pk}/contributors/{one.pk}/"

    assert client.post(at, {"section": "", "version": "1"}).status_code == 422
    assert client.post(at, {"section": "Mornings are hard.", "version": "1"}).status_code == 302
    conflict = client.post(at, {"section": "Evenings are hard.", "version": "1"})

    assert conflict.status_code == 409
    assert says_who_saved(conflict.content.decode(), "You")
    assert client.post(at, {"section": "Odd.", "version": "²"}).status_code == 409
    assert "Mornings are hard." in conflict.content.decode()
    page = client.get(f"/plans/{plan.pk}/").content.decode()
    assert "Mornings are hard." in page
    assert "Who changed what" in page
    assert "Begun" in client.get(f"/plans/{plan.pk}/versions/").content.decode()


def test_after_a_move_the_new_school_is_asked_and_the_former_keeps_its_name(making, signed_in):
    plan = making.agreed()
    before = making.case.school
    school = moved(making)
    page = signed_in("asha").get(f"/plans/{plan.pk}/").content.decode()

    assert f"The former school: Jo Testerly of {before.name} agreed" in page
    assert "Agreed with the former school" in page
    assert "Agree the plan: Robin Testerly" in whats(making.acting("marta"))
    assert (
        "Agreed and in use" not in signed_in("asha").get(f"/cases/{plan.case_id}/").content.decode()
    )

    plan = making.answer(plan, Party.SCHOOL, by="marta")

    given = plan.agreements.get(party="SCHOOL")
    assert (given.school_id, given.is_agreed) == (school.pk, True)
    assert "Agree the plan: Robin Testerly" not in whats(making.acting("marta"))


def test_the_school_of_now_may_say_no_to_a_plan_in_use(making):
    plan = making.agreed()
    moved(making)

    plan = making.answer(plan, Party.SCHOOL, is_agreed=False, by="marta")

    assert plan.state == PlanState.AGREED
    assert state_of(plan) == ("The school no longer agrees", "overdue")
    assert policy.redraft(making.acting("asha"), plan)
