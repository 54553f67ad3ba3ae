"""Changing where a pupil is on roll on screen: with and without script, on a phone, undone."""

from datetime import timedelta

import pytest

from alongside.people.models import ChronologyEntry, Enrolment, RegisterChange
from tests.browser import problems, too_wide
from tests.children import Children

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    children.school("marlpit")
    children.school("orchard")
    children.involve(robin, "asha")
    return robin


def day(on, name="starts_on"):
    """A day as it is typed, and kept whatever day of the week it is."""
    typed = {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}
    return typed | {"sure": f"{name}:{on}"}


def fields_of(client, url):
    """What the form sends by itself: the registers as they were shown."""
    return {"version": client.get(url).context["version"]}


def at(robin, rest=""):
    return f"/pupils/{robin.pk}/people/{rest}"


def test_a_change_of_school_without_script_is_one_form(signed_in, acting, robin):
    today = acting("asha").today
    client, url = signed_in("asha"), at(robin, "schools/move/")

    form = client.get(url).content.decode()
    told = fields_of(client, url) | day(today) | {"school-words": "marlpit", "group": "9M"}
    page = client.post(url, told, follow=True).content.decode()

    assert "Chalkhill High School no longer sees the record" in form
    assert "Saved. If it was a slip, undo it below." in page
    assert "Latest change: Moved to Marlpit Academy" in page
    acting("asha")
    now = Enrolment.objects.get(pupil=robin, ends_on=None)
    assert (now.school.place.name, now.registration_group) == ("Marlpit Academy", "9M")


def test_words_that_fit_several_schools_ask_which(signed_in, acting, children, robin):
    from alongside.schools.models import School

    acting("asha")
    School.objects.update(search_name="example school")
    client, url = signed_in("asha"), at(robin, "schools/move/")
    told = fields_of(client, url) | day(acting("asha").today) | {"school-words": "example"}

    answer = client.post(url, told)

    assert answer.status_code == 422
    assert "3 match “example”. Choose one" in answer.content.decode()


def test_a_mistake_keeps_what_was_typed_and_stands_at_its_field(signed_in, acting, robin):
    client, url = signed_in("asha"), at(robin, "schools/move/")
    on = acting("asha").today + timedelta(days=900)
    told = fields_of(client, url) | day(on) | {"school-words": "marlpit", "group": "9M"}

    answer = client.post(url, told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "more than a year ahead" in page
    assert 'value="9M"' in page


def test_a_form_shown_before_somebody_elses_change_is_not_sent_over_it(signed_in, acting, robin):
    today = acting("asha").today
    client, url = signed_in("asha"), at(robin, "schools/move/")
    old = fields_of(client, url) | day(today) | {"school-words": "orchard"}
    client.post(url, fields_of(client, url) | day(today) | {"school-words": "marlpit"})

    answer = client.post(url, old)

    assert answer.status_code == 422
    assert "Somebody changed the schools while you were writing" in answer.content.decode()


def test_two_registers_then_off_one_of_them(signed_in, acting, robin):
    today = acting("asha").today
    client = signed_in("asha")
    url = at(robin, "schools/second/")
    told = day(today - timedelta(days=5)) | {"school-words": "orchard", "is_main": "no"}
    page = client.post(url, fields_of(client, url) | told, follow=True).content.decode()
    acting("asha")
    second = Enrolment.objects.get(pupil=robin, status="S")
    url = at(robin, f"schools/{second.pk}/leave/")

    form = client.get(url).content.decode()
    client.post(url, fields_of(client, url) | day(today - timedelta(days=1), "ends_on"))

    assert "Also taught at (subsidiary)" in page
    assert "The pupil stays on roll at Chalkhill High School." in form
    acting("asha")
    now = Enrolment.objects.current(today).get(pupil=robin)
    assert (now.school.place.name, now.status) == ("Chalkhill High School", "C")


def test_off_roll_a_second_time_reads_why_not(signed_in, acting, robin):
    asha = acting("asha")
    only = Enrolment.objects.get(pupil=robin)
    Enrolment.objects.filter(pk=only.pk).update(ends_on=asha.today - timedelta(days=30))

    page = signed_in("asha").get(at(robin, f"schools/{only.pk}/leave/")).content.decode()

    assert "The pupil left this register on" in page
    assert "Take off roll" not in page


def test_undo_asks_first_and_then_does(signed_in, acting, robin):
    today = acting("asha").today
    client, url = signed_in("asha"), at(robin, "schools/move/")
    client.post(url, fields_of(client, url) | day(today) | {"school-words": "marlpit"})
    acting("asha")
    change = RegisterChange.objects.get()
    undo = at(robin, f"schools/changes/{change.pk}/undo/")

    asked = client.get(undo).content.decode()
    page = client.post(undo, {"confirmed": "yes"}, follow=True).content.decode()
    again = client.post(undo)

    assert "Undo “Moved to Marlpit Academy”?" in asked
    assert "The schools are as they were before." in page
    assert again.status_code == 409
    acting("asha")
    assert ChronologyEntry.objects.filter(summary__startswith="Undone").count() == 1


def test_a_pupil_on_no_register_is_put_on_one(signed_in, acting, children):
    nobody = children.pupil("Leo", at=None)
    children.involve(nobody, "asha")
    children.school("marlpit")
    client = signed_in("asha")

    page = client.get(at(nobody)).content.decode()
    form = client.get(at(nobody, "schools/move/")).content.decode()

    assert "On no register that we know of" in page
    assert "Put on roll" in form
    assert "Second school" not in page


@pytest.mark.parametrize("name", ["petra", "hugo", "ben"])
def test_who_only_reads_the_record_is_offered_nothing(signed_in, children, robin, name):
    for place in ("outreach", "primary"):
        children.refer(robin, place)
    children.involve(robin, "ben")
    client = signed_in(name)

    page = client.get(at(robin)).content.decode()
    refused = client.get(at(robin, "schools/move/"))

    assert "Chalkhill High School" in page
    assert "Change of school" not in page
    assert refused.status_code == 403
    assert "change who a pupil is and who is around them" in refused.content.decode()


def test_the_form_works_by_keyboard_with_suggestions_and_is_well_made(
    signed_in, browse, acting, robin
):
    page = browse(signed_in("asha"))
    page.goto(at(robin, "schools/move/"))

    page.get_by_label("School", exact=True).focus()
    page.keyboard.type("marl")
    page.get_by_role("option", name="Marlpit Academy").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert problems(page) == []
    page.get_by_role("button", name="Record the change").press("Enter")
    page.get_by_text("Latest change: Moved to Marlpit Academy").wait_for()

    assert problems(page) == []


@pytest.mark.parametrize("rest", ["", "schools/move/", "schools/second/"])
def test_on_a_phone_nothing_is_wider_than_the_page(signed_in, browse, robin, rest):
    page = browse(signed_in("asha"), width=390)

    page.goto(at(robin, rest))

    assert too_wide(page) <= 0
    assert problems(page) == []
