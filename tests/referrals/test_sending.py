"""A school refers a pupil on its own roll, once, and what it writes is kept as written."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.core import audit
from alongside.core.decisions import NotFound, Problem, Refused
from alongside.core.models import AuditEntry, Notice, Place
from alongside.pathways.queries import framework_for
from alongside.people.models import ChronologyEntry, Involvement
from alongside.referrals import actions, policy, queries
from alongside.referrals.actions import Tried
from alongside.referrals.models import Referral
from tests.pathways import made as people
from tests.referrals import made

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a plan"


def send(actor, robin, framework, **changed):
    submission = changed.pop("submission", None) or uuid4()
    told = made.told(actor.today, **changed)
    return actions.send(
        actor=actor, pupil=robin, framework=framework, told=told, submission=submission
    )


def test_a_referral_is_sent_with_all_that_was_told(acting, cast):
    referral = made.sent(acting, cast)

    referral.refresh_from_db()
    assert (referral.state, referral.round, referral.reference) == (
        "SENT",
        1,
        f"R-{referral.pk:05d}",
    )
    assert referral.service_id == cast.places["outreach"]
    assert [t.what for t in referral.tried.order_by("id")] == [
        "Check-in with tutor",
        "Calm space at lunch",
    ]


def test_sending_tells_the_services_screeners_and_nobody_else(acting, cast):
    made.sent(acting, cast)

    told = set(Notice.objects.values_list("staff_id", flat=True))

    assert told == {cast.staff[name] for name in ("asha", "omar", "mina")}
    assert "Robin" not in Notice.objects.first().text


def test_sending_is_on_the_chronology_and_in_the_audit_trail(acting, cast):
    referral = made.sent(acting, cast)

    entry = ChronologyEntry.objects.get()
    line = AuditEntry.objects.get(kind="referral.sent")
    assert entry.summary == "Chalkhill High School referred to Eastmere outreach service"
    assert entry.is_shared and line.pupil_ids == [referral.pupil_id]


def test_sending_brings_the_pupil_into_the_services_scope(acting, cast):
    referral = made.sent(acting, cast)

    given = Involvement.objects.get()
    assert (given.place_id, given.reason) == (cast.places["outreach"], referral.reference)
    assert queries.pupil_in_scope(acting("mina"), referral)


def test_pressing_send_twice_makes_one_referral(acting, cast):
    robin, framework = made.ready(acting, cast)
    petra, submission = acting("petra"), uuid4()

    first = send(petra, robin, framework, submission=submission)
    second = send(petra, robin, framework, submission=submission)

    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_a_second_referral_of_the_same_pupil_is_refused_with_the_first_ones_number(acting, cast):
    referral = made.sent(acting, cast)

    with pytest.raises(Refused, match=f"already has referral {referral.reference}"):
        send(acting("petra"), referral.pupil, referral.framework)


def test_the_database_itself_holds_one_live_referral(acting, cast):
    referral = made.sent(acting, cast)
    referral.pk, referral.reference, referral.submission = None, "R-2", None

    with pytest.raises(IntegrityError, match="one_live_referral"), transaction.atomic():
        referral.save(force_insert=True)


def test_a_pupil_with_an_open_case_is_refused_with_the_cases_number(acting, cast):
    referral = made.accepted(acting, cast)

    with pytest.raises(Refused, match=f"case {referral.case.reference}"):
        send(acting("petra"), referral.pupil, referral.framework)


@pytest.mark.parametrize("name", ["marta", "asha", "mina", "dora"])
def test_only_the_pupils_own_school_refers(acting, cast, name):
    robin, framework = made.ready(acting, cast)
    actor = acting(name)

    with pytest.raises(Refused):
        send(actor, robin, framework)


def test_a_pupil_who_left_the_roll_is_not_referred(acting, cast):
    robin, framework = made.ready(acting, cast)
    petra = acting("petra")
    robin.enrolments.update(ends_on=petra.today - timedelta(days=1))

    assert "not on your roll" in policy.make(petra, robin, framework.owner).reason


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"days_suspended": 46}, "days_suspended", "Enter 45 days or fewer"),
        ({"days_suspended": -1}, "days_suspended", "45 days or fewer"),
        ({"last_incident": " "}, "last_incident", "what happened"),
        ({"last_incident": "x" * 120_000}, "last_incident", "Attach it as a paper"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(acting, cast, changed, field, says):
    robin, framework = made.ready(acting, cast)

    with pytest.raises(Problem, match=says) as told:
        send(acting("petra"), robin, framework, **changed)

    assert told.value.field == field and not Referral.objects.exists()


def test_exactly_45_days_suspended_is_possible(acting, cast):
    assert made.sent(acting, cast, days_suspended=45).days_suspended == 45


def test_an_agreement_in_the_future_is_refused(acting, cast):
    robin, framework = made.ready(acting, cast)
    petra = acting("petra")

    with pytest.raises(Problem, match="cannot be in the future"):
        send(petra, robin, framework, agreed_on=petra.today + timedelta(days=1))


@pytest.mark.parametrize(
    ("starts", "ends", "reviewed"), [(1, None, None), (-9, -10, None), (-9, None, -10)]
)
def test_a_cycle_that_cannot_have_been_is_refused(acting, cast, starts, ends, reviewed):
    robin, framework = made.ready(acting, cast)
    petra = acting("petra")
    day = {n: petra.today + timedelta(days=n) for n in (1, -9, -10)} | {None: None}
    cycle = actions.Tried(day[starts], "Something", day[ends], "", day[reviewed])

    with pytest.raises(Problem) as told:
        send(petra, robin, framework, tried=[cycle])

    assert told.value.field == "tried"


def test_emoji_and_names_written_from_right_to_left_are_kept(acting, cast):
    words = "قالت المعلّمة 😊: خرج من الصف. Then he came back."
    referral = made.sent(acting, cast, last_incident=words, agreed_by="ליאו דוגמה 👩‍👧")

    referral.refresh_from_db()
    assert (referral.last_incident, referral.agreed_by) == (words, "ליאו דוגמה 👩‍👧")


def test_papers_are_kept_at_once_and_attached_when_it_is_sent(acting, cast):
    robin, framework = made.ready(acting, cast)
    petra = acting("petra")
    upload = SimpleUploadedFile("plan.pdf", PDF)
    paper = actions.keep_paper(actor=petra, pupil=robin, upload=upload)

    referral = send(petra, robin, framework, paper_ids=[paper.pk])

    assert [e.what for e in queries.papers_of(referral)] == ["plan.pdf"]


def test_a_paper_of_somebody_else_is_not_attached(acting, cast):
    robin, framework = made.ready(acting, cast)
    upload = SimpleUploadedFile("plan.pdf", PDF)
    paper = actions.keep_paper(actor=acting("hana"), pupil=robin, upload=upload)

    referral = send(acting("petra"), robin, framework, paper_ids=[paper.pk])

    assert queries.papers_of(referral) == []


@pytest.mark.parametrize(
    ("name", "content"), [("plan.pdf", b"MZ\x90"), ("page.html", b"<script>"), ("plan.pdf", b"")]
)
def test_a_hostile_or_empty_file_is_refused_in_words(acting, cast, name, content):
    robin, _ = made.ready(acting, cast)

    with pytest.raises(Problem, match=name):
        actions.keep_paper(
            actor=acting("petra"), pupil=robin, upload=SimpleUploadedFile(name, content)
        )


def test_a_paper_about_another_schools_pupil_is_not_kept(acting, cast):
    robin, _ = made.ready(acting, cast)

    with pytest.raises(NotFound):
        actions.keep_paper(
            actor=acting("marta"), pupil=robin, upload=SimpleUploadedFile("plan.pdf", PDF)
        )


def test_a_failed_audit_changes_nothing(acting, cast, monkeypatch):
    robin, framework = made.ready(acting, cast)
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send(acting("petra"), robin, framework)

    assert not Referral.objects.exists() and not Notice.objects.exists()


def test_a_primary_pupil_goes_to_the_neighbourhood_of_their_school(acting, cast):
    petra = acting("petra")
    people.pack(petra)
    Place.objects.filter(pk=cast.places["chalkhill"]).update(parent_id=cast.places["north"])
    school = people.school(cast.places["chalkhill"])
    child = people.pupil(school, "Priya", "Mockford", year="4")
    (framework,) = framework_for(petra, child)

    referral = send(petra, child, framework)

    assert referral.area_id == cast.places["north"]
    assert referral in queries.visible_referrals(acting("lena"))
    assert referral not in queries.visible_referrals(acting("carys"))


def test_two_tabs_that_kept_the_same_paper_attach_it_once(acting, cast):
    robin, framework = made.ready(acting, cast)
    petra = acting("petra")
    kept = [
        actions.keep_paper(
            actor=petra, pupil=robin, upload=SimpleUploadedFile(name, b"The plan of May")
        )
        for name in ("plan.txt", "plan (1).txt")
    ]

    referral = send(petra, robin, framework, paper_ids=[paper.pk for paper in kept])

    assert [paper.what for paper in queries.papers_of(referral)] == ["plan.txt"]


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"agreed_on": date(1926, 11, 1)}, "agreed_on", "before the child was born"),
        (
            {"agreed_on": timezone.localdate() - timedelta(days=400)},
            "agreed_on",
            "more than a year old",
        ),
        ({"tried": [Tried(date(1926, 1, 4), "A seat by the door")]}, "tried", "before the child"),
    ],
)
def test_a_day_before_the_childs_birth_or_a_stale_agreement_is_refused_in_words(
    acting, cast, told, field, said
):
    robin, framework = made.ready(acting, cast)

    with pytest.raises(Problem, match=said) as refused:
        send(acting("petra"), robin, framework, **told)

    assert refused.value.field == field
