"""People around a pupil: two editors, do not contact, concealed addresses, social workers, flags."""

import re
from datetime import date, timedelta

import pytest

from alongside.core.decisions import Conflict, Problem, Refused
from alongside.core.models import AuditEntry
from alongside.people.actions import around
from alongside.people.actions.pupil import change_pupil
from alongside.people.models import Address, Carer, ChronologyEntry, Flag, Professional
from alongside.people.queries import address_for, banner, contactable_carers
from alongside.people.queries.around import whole_around
from alongside.rules.upn import check_letter
from tests.children import Children


@pytest.fixture
def children(db, cast):
    return Children(cast)


@pytest.fixture
def robin(children):
    robin = children.pupil()
    children.involve(robin, "asha")
    children.dsl_named("chalkhill")
    return robin


NUMBER = f"{check_letter('801200001001')}801200001001"
HOME = {"line_1": "1 Invented Row", "town": "Eastmere", "postcode": "lu1 2ab"}


def move(actor, robin, days=0, **fields):
    starts_on = actor.today - timedelta(days=days)
    return around.move_address(actor=actor, pupil=robin, starts_on=starts_on, **HOME | fields)


def test_do_not_contact_wins_under_every_entry_of_the_same_person(acting, children, robin):
    actor = acting("asha")
    children.carer(robin, "Jo Testerly", phone="01632 960 111")
    around.add_carer(
        actor=actor, pupil=robin, name="Sam Testerly", phone="01632 960222", is_do_not_contact=True
    )
    children.carer(robin, "SAM TESTERLY", relationship="dad")
    children.carer(robin, "S. T.", phone="(01632) 960222")

    assert [c.name for c in contactable_carers(actor, robin)] == ["Jo Testerly"]
    assert banner(actor, robin)["flags"][0]["word"] == "Do not contact Sam Testerly"
    assert ChronologyEntry.objects.filter(summary__startswith="Do not contact").exists()


def test_nobody_ceased_to_be_a_carer_before_the_child_was_born(acting, children, robin):
    mum = children.carer(robin, "Jo Testerly", order=1)

    with pytest.raises(Problem, match="before the child was born"):
        around.change_carer(actor=acting("asha"), carer=mum, version=1, ends_on=date(1926, 11, 1))


def test_a_new_carer_is_rung_after_those_who_are(acting, children, robin, signed_in):
    children.carer(robin, "Jo Testerly", order=2)
    children.carer(robin, "Al Testerly", is_do_not_contact=True, order=7)

    page = signed_in("asha").get(f"/pupils/{robin.pk}/people/carers/new/").content.decode()
    people = signed_in("asha").get(f"/pupils/{robin.pk}/people/").content.decode()

    assert re.search(r'name="order"[^>]*value="3"|value="3"[^>]*name="order"', page)
    to_ring = people[people.index("In the order to ring") : people.index("Not to be contacted")]
    assert "Jo Testerly" in to_ring
    assert "Al Testerly" not in to_ring


def test_who_is_not_to_be_contacted_stands_last_whatever_their_order(acting, children, robin):
    actor = acting("asha")
    avoided = children.carer(robin, "Al Testerly", is_do_not_contact=True, order=1)
    dad = children.carer(robin, "Sam Testerly", order=2)

    listed = whole_around(actor, robin).carers

    assert [c.pk for c in listed] == [dad.pk, avoided.pk]


def test_a_former_carer_is_not_written_to(acting, children, robin):
    actor = acting("asha")
    children.carer(robin, ends_on=actor.today - timedelta(days=1))

    assert contactable_carers(actor, robin) == []


def test_two_editors_of_a_carer_are_told_of_each_other(acting, children, robin):
    actor = acting("asha")
    carer = children.carer(robin)
    around.change_carer(actor=actor, carer=carer, version=1, phone="01632 960333")

    with pytest.raises(Conflict):
        around.change_carer(actor=actor, carer=carer, version=1, phone="01632 960444")

    assert Carer.objects.get().phone == "01632 960333"


@pytest.mark.wall
def test_a_concealed_address_is_seen_by_the_cleared_and_stands_on_nothing(acting, children, robin):
    move(acting("asha"), robin, days=400)
    dora = acting("dora")
    children.act()
    Address.objects.update(ends_on=dora.today - timedelta(days=300))
    Address.objects.create(
        pupil=robin,
        starts_on=dora.today - timedelta(days=299),
        is_concealed=True,
        information_class="C5",
        recorded_by_id=dora.staff_id,
        line_1="9 Secret Way",
    )

    for name in ("asha", "mina", "petra"):
        actor = acting(name)
        assert not Address.objects.filter(is_concealed=True).exists(), name
        assert address_for(actor, robin).is_concealed
        assert address_for(actor, robin).lines == ()
    dora = acting("dora")
    assert Address.objects.filter(line_1="9 Secret Way").exists()
    assert address_for(dora, robin).lines == ()
    assert "K. Specimen" in address_for(dora, robin).words


def test_concealing_an_address_raises_its_flag_and_hides_the_line(acting, robin):
    actor = acting("asha")

    address = move(actor, robin, is_concealed=True)

    assert address.information_class == "C5"
    flag = Flag.objects.get(kind="CONCEALED_ADDRESS")
    assert flag.weight == "RESTRICTED"
    assert ChronologyEntry.objects.get(kind="MOVE").information_class == "C5"


def test_a_flag_takes_the_address_behind_the_wall(acting, robin):
    """Asha wrote the address herself: even so she no longer reads it, and no page of hers shows it."""
    asha = acting("asha")
    move(asha, robin, line_1="4 Hidden Row")

    around.add_flag(
        actor=asha,
        pupil=robin,
        kind="CONCEALED_ADDRESS",
        weight="ACT",
        text="Address concealed",
        starts_on=asha.today,
    )

    for name in ("asha", "mina", "hugo", "petra"):
        actor = acting(name)
        assert address_for(actor, robin).is_concealed
        assert whole_around(actor, robin).addresses == [], name
    acting("mina")
    assert not Address.objects.filter(line_1="4 Hidden Row").exists()
    dora = acting("dora")
    assert [a.line_1 for a in whole_around(dora, robin).addresses] == ["4 Hidden Row"]


def test_moving_ends_the_address_before(acting, robin):
    actor = acting("asha")
    first = move(actor, robin, days=30)

    move(actor, robin, line_1="2 Invented Row")

    first.refresh_from_db()
    assert first.ends_on == actor.today - timedelta(days=1)
    assert address_for(actor, robin).lines == ("2 Invented Row", "Eastmere", "LU1 2AB")


@pytest.mark.parametrize("wrong", [{"line_1": ""}, {"postcode": "nowhere"}])
def test_an_address_that_cannot_be_one_is_a_problem(acting, robin, wrong):
    with pytest.raises(Problem):
        move(acting("asha"), robin, **wrong)


@pytest.mark.wall
def test_a_social_worker_is_behind_the_wall_and_others_see_whom_to_ask(acting, robin, signed_in):
    actor = acting("dora")
    Professional.objects.create(
        pupil=robin,
        name="L. Placeholder",
        profession="Social worker",
        information_class="C5",
        starts_on=actor.today,
        recorded_by_id=actor.staff_id,
    )
    around._flag_once(actor, robin, Flag.Kind.SOCIAL_WORKER, actor.today)

    page = signed_in("asha").get(f"/pupils/{robin.pk}/people/").content.decode()

    assert "Placeholder" not in page
    assert "Social worker: restricted. Ask K. Specimen, DSL." in page
    assert "Placeholder" in signed_in("dora").get(f"/pupils/{robin.pk}/people/").content.decode()


def test_a_social_worker_recorded_by_a_worker_is_restricted_at_once(acting, robin):
    actor = acting("asha")

    worker = around.add_professional(
        actor=actor,
        pupil=robin,
        name="L. Placeholder",
        profession="Social Worker",
        starts_on=actor.today,
    )
    around.end_professional(actor=actor, professional=worker, ends_on=actor.today)

    assert worker.information_class == "C5"
    assert Flag.objects.get(kind="SOCIAL_WORKER").ends_on == actor.today
    acting("mina")
    assert not Professional.objects.exists()


def test_a_restricted_flag_is_not_taken_off_by_who_may_not_read_it(acting, children, robin):
    flag = children.flag(robin, "LOOKED_AFTER", "RESTRICTED", "Looked after")

    with pytest.raises(Refused, match="cleared"):
        around.end_flag(actor=acting("asha"), flag=flag)


def test_a_flag_leaves_the_banner_at_once(acting, robin):
    actor = acting("asha")
    flag = around.add_flag(
        actor=actor,
        pupil=robin,
        kind=Flag.Kind.OTHER,
        weight=Flag.Weight.KNOW,
        text=" Exit  card ",
        starts_on=actor.today,
    )
    assert banner(actor, robin)["flags"][0]["word"] == "Exit card"

    around.end_flag(actor=actor, flag=flag)

    assert banner(actor, robin)["flags"] == []


def test_changing_a_pupil_keeps_search_and_the_former_number(acting, robin):
    actor = acting("asha")
    first = change_pupil(actor=actor, pupil=robin, version=1, upn=f"{NUMBER} ")

    second = change_pupil(actor=actor, pupil=robin, version=2, preferred_forename="Birdie", upn="")

    assert first.upn == NUMBER
    assert (second.former_upn, second.search_name) == (NUMBER, "robin testerly birdie")
    line = AuditEntry.objects.latest("id")
    assert (line.kind, line.detail["fields"]) == ("pupil.changed", ["preferred_forename", "upn"])


def test_two_editors_of_a_pupil_are_told_of_each_other(acting, robin):
    actor = acting("asha")
    change_pupil(actor=actor, pupil=robin, version=1, pronouns="he, him")

    with pytest.raises(Conflict):
        change_pupil(actor=actor, pupil=robin, version=1, pronouns="they, them")


@pytest.mark.parametrize(
    "wrong", [{"legal_surname": " "}, {"upn": "A123"}, {"born_on": "1950"}], ids=str
)
def test_what_cannot_be_is_a_problem_at_its_field(acting, robin, wrong):
    from datetime import date

    fields = {k: date(1950, 1, 1) if k == "born_on" else v for k, v in wrong.items()}
    with pytest.raises(Problem) as problem:
        change_pupil(actor=acting("asha"), pupil=robin, version=1, **fields)

    assert problem.value.field in wrong


def test_who_only_reads_changes_nothing(acting, robin):
    actor = acting("petra")

    with pytest.raises(Refused):
        change_pupil(actor=actor, pupil=robin, version=1, pronouns="he")
    with pytest.raises(Refused):
        around.add_carer(actor=actor, pupil=robin, name="X")


def test_two_versions_stand_side_by_side_on_the_screen(signed_in, acting, children, robin):
    acting("asha")
    carer = children.carer(robin, phone="01632 960111")
    url = f"/pupils/{robin.pk}/people/carers/{carer.pk}/"
    typed = {"name": "Jo Testerly", "relationship": "mum", "order": "1", "version": "1"}
    client = signed_in("asha")
    assert client.post(url, typed | {"phone": "01632 960222"}).status_code == 302

    answer = client.post(url, typed | {"phone": "01632 960333"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "01632 960222" in page
    assert "01632 960333" in page
