"""Who employs and manages a person, which shows nobody a pupil; and a second step that was lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.db import IntegrityError, transaction

from alongside.core import actions, queries
from alongside.core.decisions import Problem, Refused
from alongside.core.models import Account, AuditEntry, Place, RowHistory, Staff
from alongside.people.models import Capacity, Pupil
from tests.browser import problems, too_wide
from tests.cast import PASSWORD
from tests.children import Children

pytestmark = pytest.mark.django_db
REASON = "Came to my desk with their badge"


def person(cast, name):
    return Staff.objects.get(pk=cast.staff[name])


def employ(actor, staff, employer=None, manager=None):
    return actions.change_employment(
        actor=actor, staff=staff, seen=queries.employment_seen(staff), employer=employer,
        line_manager=manager,
    )  # fmt: skip


def test_employer_and_manager_are_named_without_script_and_shown_in_the_list(
    signed_in, acting, cast
):
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"
    seen = client.get(url).context["form"].instance_version
    told = {"version": seen, "employer-words": "Marlpit", "line_manager-words": "Hana"}

    page = client.post(url, told, follow=True).content.decode()

    assert "Marlpit Academy" in page
    assert "Hana Exampleton" in page
    row = signed_in("mina").get("/staff/?q=ben").content.decode()
    assert "Employed by Marlpit Academy" in row
    assert "Hana Exampleton" in row
    assert (
        "Ben Exampleton" in signed_in("mina").get(f"/staff/{cast.staff['hana']}/").content.decode()
    )
    acting("dpo")
    line = AuditEntry.objects.get(kind="staff.employment_changed")
    assert line.detail["after"]["line_manager"] == cast.staff["hana"]


def test_either_may_be_nobody_and_what_was_is_in_the_history(signed_in, acting, cast):
    adam = acting("adam")
    employ(
        adam,
        person(cast, "ben"),
        Place.objects.get(pk=cast.places["marlpit"]),
        person(cast, "hana"),
    )
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"
    seen = client.get(url).context["form"].instance_version

    form = client.get(url).content.decode()
    # As a browser without script sends it: the words are cleared, the hidden values are as shown.
    told = {
        "employer": str(cast.places["marlpit"]), "employer-words": "",
        "line_manager": str(cast.staff["hana"]), "line_manager-words": "",
    }  # fmt: skip
    page = client.post(url, {"version": seen} | told, follow=True).content.decode()

    assert "Marlpit Academy (school)" in form
    assert page.count("Not given") >= 2
    acting("dpo")
    before = RowHistory.objects.filter(table_name="core_staff").latest("id").before
    assert before["line_manager_id"] == cast.staff["hana"]


@pytest.mark.duty("SA-02")
def test_access_follows_the_deployment_and_neither_employer_nor_manager(signed_in, acting, cast):
    children = Children(cast)
    at_employer = children.pupil("Robin", at="chalkhill")
    deployed_to = children.pupil("Leo", at="marlpit")
    children.involve(deployed_to, "ben", Capacity.DEPLOYED)
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"
    seen = client.get(url).context["form"].instance_version

    client.post(url, {"version": seen, "employer-words": "Chalkhill", "line_manager-words": "Mina"})

    def sees(name):
        return set(Pupil.objects.visible_to(acting(name)).values_list("pk", flat=True))

    acting("adam")
    ben = person(cast, "ben")
    assert (ben.employer.name, ben.line_manager.name) == (
        "Chalkhill High School",
        "Mina Exampleton",
    )
    assert sees("ben") == {deployed_to.pk}
    assert sees("mina") == set()
    assert at_employer.pk in sees("hana")


def test_other_words_without_script_name_somebody_else(signed_in, acting, cast):
    employ(acting("adam"), person(cast, "ben"), manager=person(cast, "hana"))
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"
    seen = client.get(url).context["form"].instance_version
    told = {"line_manager": str(cast.staff["hana"]), "line_manager-words": "Lena"}

    client.post(url, {"version": seen} | told)
    again = client.get(url).context["form"].instance_version
    same = {"line_manager": str(cast.staff["lena"]), "line_manager-words": "Lena Exampleton"}
    client.post(url, {"version": again} | same)

    acting("adam")
    assert person(cast, "ben").line_manager_id == cast.staff["lena"]


def test_managers_never_stand_in_a_ring(acting, cast):
    adam = acting("adam")
    asha, mina, hugo = (person(cast, name) for name in ("asha", "mina", "hugo"))
    employ(adam, asha, manager=mina)
    employ(adam, mina, manager=hugo)

    with pytest.raises(Problem, match="managed by Hugo Exampleton, directly or through others"):
        employ(adam, hugo, manager=asha)
    with pytest.raises(Problem, match="their own line manager"):
        employ(adam, hugo, manager=hugo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=hugo.pk).update(line_manager=hugo.pk)


def test_who_has_gone_manages_nobody(acting, cast):
    adam = acting("adam")
    Staff.objects.filter(pk=cast.staff["omar"]).update(is_active=False)

    with pytest.raises(Problem, match="does not work here now"):
        employ(adam, person(cast, "asha"), manager=person(cast, "omar"))


def test_two_who_change_it_at_once_are_told(signed_in, acting, cast):
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"
    seen = client.get(url).context["form"].instance_version
    adam = acting("adam")
    employ(adam, person(cast, "ben"), manager=person(cast, "hana"))

    answer = client.post(url, {"version": seen, "line_manager-words": "Lena"})

    assert answer.status_code == 422
    assert "Somebody changed this while you were writing" in answer.content.decode()


def test_words_that_name_nobody_are_said_to(signed_in, cast):
    client, url = signed_in("adam"), f"/staff/{cast.staff['ben']}/employment/"

    answer = client.post(url, {"version": "", "line_manager-words": "Nemo"})

    assert "Nothing matches “Nemo”" in answer.content.decode()


@pytest.mark.parametrize("name", ["mina", "hugo", "dpo"])
def test_who_reads_the_list_changes_none_of_it(signed_in, cast, name):
    client = signed_in(name)

    page = client.get(f"/staff/{cast.staff['ben']}/").content.decode()

    assert "Line manager" in page
    assert "/employment/" not in page
    for rest in ("employment", "second-factor"):
        refused = client.get(f"/staff/{cast.staff['ben']}/{rest}/")
        assert refused.status_code == 403
        assert "give and end roles" in refused.content.decode()


@pytest.fixture
def with_app(cast, db):
    """Ben signs in with a password, an authenticator app and recovery codes."""
    account = Account.objects.get(pk=cast.accounts["ben"])
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    totp.TOTP.activate(account, totp.generate_totp_secret())
    RecoveryCodes.activate(account)
    return account


def lost(cast, name="ben"):
    return f"/staff/{cast.staff[name]}/second-factor/"


def test_a_lost_second_step_is_taken_away_and_the_person_is_told_without_details(
    signed_in, acting, cast, with_app, django_capture_on_commit_callbacks
):
    phone = signed_in("ben")
    client = signed_in("adam")
    asked = client.get(lost(cast)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(lost(cast), {"reason": REASON}, follow=True).content.decode()

    assert "Authenticator app, since" in asked
    assert "signed out everywhere" in page
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert phone.get("/me/").status_code == 302
    letter = mail.outbox[-1]
    assert letter.to == ["ben@example.org"]
    assert not any(word in letter.body for word in (REASON, "Adam", "authenticator", "Ben"))
    acting("dpo")
    line = AuditEntry.objects.get(kind="staff.second_factor_removed")
    assert (line.subject, line.detail["reason"]) == (f"staff {cast.staff['ben']}", REASON)


def test_at_the_next_sign_in_they_set_one_up_before_anything_else(
    signed_in, client, cast, with_app, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    adam = signed_in("adam")
    Authenticator.objects.create(user_id=cast.accounts["adam"], type="webauthn", data={})
    adam.post(lost(cast), {"reason": REASON})

    client.post("/sign-in/", {"login": with_app.email, "password": PASSWORD})
    answer = client.get("/")

    assert answer["Location"] == "/sign-in/second-factor/first/"


@pytest.mark.parametrize("reason", ["", "lost it"])
def test_without_a_sentence_of_reason_nothing_is_taken_away(signed_in, cast, with_app, reason):
    answer = signed_in("adam").post(lost(cast), {"reason": reason})

    assert answer.status_code == 422
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_nobody_takes_their_own_away_by_this_route(signed_in, acting, cast):
    Authenticator.objects.create(user_id=cast.accounts["adam"], type="webauthn", data={})
    client = signed_in("adam")

    page = client.get(lost(cast, "adam")).content.decode()
    answer = client.post(lost(cast, "adam"), {"reason": REASON})

    assert "You cannot remove your own." in page
    assert answer.status_code == 409
    assert Authenticator.objects.filter(user_id=cast.accounts["adam"]).count() == 1


def test_who_has_none_reads_that_they_are_asked_anyway(signed_in, cast):
    page = signed_in("adam").get(lost(cast, "asha")).content.decode()

    assert "They are asked to at their next sign-in." in page
    assert "Remove it" not in page


def test_another_councils_administrator_finds_nobody(signed_in, acting, cast, with_app):
    assert signed_in("nils").post(lost(cast), {"reason": REASON}).status_code == 404
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_a_failed_audit_takes_nothing_away(acting, cast, with_app, monkeypatch):
    from alongside.core import audit

    adam = acting("adam")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.remove_second_factor(actor=adam, staff=person(cast, "ben"), reason=REASON)

    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_the_action_refuses_whoever_calls_it(acting, cast, with_app):
    mina = acting("mina")

    with pytest.raises(Refused, match="Only a system administrator"):
        actions.remove_second_factor(actor=mina, staff=person(cast, "ben"), reason=REASON)
    with pytest.raises(Refused, match="Only a system administrator"):
        employ(mina, person(cast, "ben"))


@pytest.mark.parametrize("rest", ["", "employment/", "second-factor/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_well_made_on_a_phone_and_a_desk(
    signed_in, browse, cast, with_app, rest, width
):
    page = browse(signed_in("adam"), width=width)

    page.goto(f"/staff/{cast.staff['ben']}/{rest}")

    assert too_wide(page) <= 0
    assert problems(page) == []
