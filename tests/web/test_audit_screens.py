"""The audit trail on screen and taken away, and records opened out of the ordinary."""

import csv
import io
import re
from datetime import date

import pytest
from django.core import mail
from django.db import transaction

from alongside.core import audit
from alongside.core.models import AuditEntry, BreakGlass, Notice
from alongside.web.audit.detail import in_words
from tests import world as the_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds(db, cast):
    return the_world.build(cast)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (
            {"kind": "NOTE", "class": "C3", "is_shared": False},
            "Kind: note; information class: C3, Casework; not shared with the school",
        ),
        ({"decision": "STEP_DOWN", "on": "2026-11-26"}, "Decision: step down; on: 26 Nov 2026"),
        (
            {"staff": 7, "role": "system_administrator"},
            "Staff number: 7; role: System administrator",
        ),
        ({"fields": ["sen_need", "year_group"]}, "Fields: sen need and year group"),
        ({"reason": "The school ASKED for it"}, "Reason: The school ASKED for it"),
        ({}, ""),
    ],
)
def test_what_a_line_keeps_is_said_in_words(kept, said):
    assert in_words(kept) == said


def details(world, **changed: str) -> dict[str, str]:
    born_on: date = world["pupil"].born_on
    return {
        "forename": world["pupil"].legal_forename,
        "surname": world["pupil"].legal_surname,
        "born_on_0": str(born_on.day),
        "born_on_1": str(born_on.month),
        "born_on_2": str(born_on.year),
        "reason": "Found alone at the bus station; police ask who to ring.",
        "is_understood": "on",
    } | changed


def open_url(world) -> str:
    return f"/pupils/{world['pupil'].pk}/open/"


@pytest.fixture
def three_lines(acting):
    asha = acting("asha")
    audit.record(actor=asha, kind="pupil.viewed", subject="pupil 4", pupil_ids=[4])
    audit.record(actor=asha, kind="plan.approved", subject="plan 8", pupil_ids=[4, 5])
    mina = acting("mina")
    audit.record(actor=mina, kind="role.given", subject="staff 2", detail={"note": "=1+1"})


def test_the_officer_reads_the_trail_and_that_is_a_line_of_it(signed_in, acting, three_lines):
    page = signed_in("dpo").get("/audit/").content.decode()

    assert "Plan approved" in page and "plan 8" in page
    acting("dpo")
    assert AuditEntry.objects.order_by("-id").first().kind == "audit.viewed"


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("kind=plan", "plan 8", "staff 2"),
        ("kind=Plan+approved", "plan 8", "staff 2"),
        ("to=01/01/2020", "Nothing matches", "plan 8"),
        ("about=views", "pupil 4", "staff 2"),
        ("person=mina", "staff 2", "plan 8"),
        ("pupil=5", "plan 8", "staff 2"),
        ("to=2020-01-01", "Nothing matches", "plan 8"),
        ("from=2020-01-01", "plan 8", "Nothing matches"),
        ("from=not-a-day&pupil=99999999999999999999&before=x", "plan 8", "Nothing matches"),
    ],
)
def test_the_trail_is_asked(signed_in, three_lines, query, seen, unseen):
    page = signed_in("dpo").get(f"/audit/?{query}").content.decode()

    assert seen in page
    assert unseen not in page


def test_the_trail_comes_a_page_at_a_time(signed_in, acting):
    asha = acting("asha")
    for n in range(150):
        audit.record(actor=asha, kind="pupil.viewed", subject=f"number {n:03}")
    dpo = signed_in("dpo")

    first = dpo.get("/audit/?person=asha")
    following = first.context["pages"]["next_url"]
    second = dpo.get(f"/audit/{following}")

    assert "number 149" in first.content.decode() and "number 049" not in first.content.decode()
    assert "number 049" in second.content.decode() and "number 000" in second.content.decode()


def test_taking_the_trail_away_makes_formulas_harmless_and_is_recorded(
    signed_in, acting, three_lines
):
    answer = signed_in("dpo").get("/audit/download/?kind=role")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Line", "When", "Who"]
    assert rows[1][3:5] == ["role.given", "staff 2"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    acting("dpo")
    assert AuditEntry.objects.filter(kind="audit.exported").exists()


def test_another_councils_trail_is_not_there(signed_in, acting, three_lines):
    audit.record(actor=acting("nell"), kind="pupil.viewed", subject="far away")

    assert "far away" not in signed_in("dpo").get("/audit/").content.decode()


@pytest.mark.parametrize("name", ["asha", "mina", "adam", "hugo"])
def test_nobody_else_reads_the_trail(signed_in, name):
    assert signed_in(name).get("/audit/").status_code == 403


@pytest.mark.duty("OW-69")
def test_breaking_the_glass_opens_one_record_and_tells_lead_and_officer_at_once(
    worlds, signed_in, acting, cast, django_capture_on_commit_callbacks
):
    asha = signed_in("asha")
    pupil = worlds.other_team["pupil"]
    assert asha.get(f"/pupils/{pupil.pk}/").status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        answer = asha.post(open_url(worlds.other_team), details(worlds.other_team))

    assert answer["Location"] == f"/pupils/{pupil.pk}/"
    assert asha.get(f"/pupils/{pupil.pk}/").status_code == 200
    acting("dpo")
    told = set(Notice.objects.filter(kind="record.opened").values_list("staff_id", flat=True))
    assert told == {cast.staff["carys"], cast.staff["dpo"]}
    assert {to for message in mail.outbox for to in message.to} == {
        "carys@example.org",
        "dpo@example.org",
    }
    assert pupil.legal_surname not in "".join(message.body for message in mail.outbox)
    line = AuditEntry.objects.get(kind="glass.broken")
    assert line.pupil_ids == [pupil.pk]
    assert line.detail["reason"].startswith("Found alone")


def test_it_closes_again_after_four_hours(worlds, signed_in, acting):
    from alongside.core import actions

    actions.break_glass(
        actor=acting("asha"),
        pupil_id=worlds.other_team["pupil"].pk,
        reason="Found alone at the bus station",
        tell_staff_ids=[],
    )
    glass = BreakGlass.objects.get()

    assert (glass.ends_at - glass.created_at).total_seconds() == pytest.approx(4 * 3600, abs=120)
    assert acting("asha").opened_pupil_ids == (worlds.other_team["pupil"].pk,)


def test_the_page_tells_nothing_of_whether_there_is_a_record(worlds, signed_in):
    asha = signed_in("asha")
    urls = (open_url(worlds.other_team), open_url(worlds.other_council), "/pupils/987654321/open/")

    pages = {strip(asha.get(url)) for url in urls}
    wrong = {strip(asha.post(url, details(worlds.own, surname="Nobody"))) for url in urls}

    assert len(pages) == 1
    assert len(wrong) == 1
    assert "Specimen" not in pages.pop()


def strip(answer) -> str:
    lines = answer.content.decode().splitlines()
    kept = (line for line in lines if "csrf" not in line and "draft" not in line)
    # The number that was asked for stands in the address of the page; that it exists, nowhere.
    return f"{answer.status_code}" + re.sub(r"pupil=\d+|pupils/\d+", "", "\n".join(kept))


def test_the_details_of_another_councils_child_open_nothing(worlds, signed_in):
    answer = signed_in("asha").post("/pupils/open/", details(worlds.other_council))

    assert answer.status_code == 422
    assert "We cannot open a record by these details" in answer.content.decode()


def test_a_child_is_found_without_knowing_their_number(worlds, signed_in):
    answer = signed_in("asha").post(
        "/pupils/open/", details(worlds.other_team, forename="LEO", surname="specimen-other")
    )

    assert answer["Location"] == f"/pupils/{worlds.other_team['pupil'].pk}/"


def test_a_reason_is_needed_in_words(worlds, signed_in):
    answer = signed_in("asha").post(
        open_url(worlds.other_team), details(worlds.other_team, reason="urgent")
    )

    assert answer.status_code == 422
    assert "Say why you need this record now" in answer.content.decode()
    assert "Leo" in answer.content.decode()


def test_guessing_is_recorded_and_stopped(worlds, signed_in, acting):
    asha = signed_in("asha")
    for n in range(5):
        asha.post("/pupils/open/", details(worlds.other_team, surname=f"Guess{n}"))

    answer = asha.post("/pupils/open/", details(worlds.other_team))

    assert answer.status_code == 409
    assert "five times within an hour" in answer.content.decode()
    acting("dpo")
    assert AuditEntry.objects.filter(kind="glass.refused").count() == 5


def test_the_glass_is_not_for_everyone(worlds, signed_in):
    for name in ("petra", "adam", "otis", "theo"):
        assert signed_in(name).get(open_url(worlds.other_team)).status_code == 403


def test_what_cannot_be_audited_cannot_be_opened(worlds, signed_in, monkeypatch):
    def fails(**_line: object) -> None:
        raise RuntimeError("no room on the disk")

    asha = signed_in("asha")
    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        asha.post(open_url(worlds.other_team), details(worlds.other_team))

    assert not BreakGlass.objects.exists()
