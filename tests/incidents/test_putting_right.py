"""An incident is corrected with a reason, struck out, or taken to the child it is about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.core.decisions import Conflict, Refused
from alongside.core.models import AuditEntry
from alongside.incidents import actions, queries
from alongside.incidents.models import Incident
from alongside.people.models import ChronologyEntry
from tests.assessments.test_putting_right import right  # noqa: F401
from tests.incidents.test_incidents import making, record, typed  # noqa: F401
from tests.routes import route  # noqa: F401

pytestmark = pytest.mark.django_db


def sent(incident, **changes):
    at = timezone.localtime(incident.occurred_at)
    told = {"kind": incident.kind, "severity": incident.severity, "place": incident.place}
    told |= {"time": f"{at:%H:%M}", "ended": "", "happened": incident.happened, "version": 1}
    told |= {"before": "", "after": "", "told": "", "school_reference": ""}
    return typed(at.date(), **told | changes)


def test_a_correction_keeps_what_stood_before_and_says_why(making, signed_in):
    incident = record(making, is_shared=True)
    client, at = signed_in("asha"), f"/incidents/{incident.pk}/"
    assert "edit/" in client.get(at).content.decode()

    empty = client.post(f"{at}edit/", sent(incident, happened="He came back.", reason=""))
    told = sent(incident, happened="He came back by himself.", reason="I had it wrong")
    page = client.post(f"{at}edit/", told, follow=True).content.decode()

    school = signed_in("petra").get(at).content.decode()
    assert empty.status_code == 422
    assert "He came back by himself." in page
    assert "I had it wrong" in school
    assert "sat by the window" not in school, "what is taken out of a text is not shared with it"
    for said in ("What changed", "I had it wrong", "Left maths and sat by the window."):
        assert said in page
    making.acting("asha")
    incident.refresh_from_db()
    assert (incident.version, incident.is_shared) == (2, True)
    line = ChronologyEntry.objects.get(summary__startswith="Correction")
    assert (line.corrects, line.detail) == (incident.entry, "I had it wrong")
    assert AuditEntry.objects.filter(kind="incident.corrected").count() == 1


def test_each_of_two_corrections_says_its_own_reason(making):
    incident, told = record(making), {"ended_at": None, "before": "", "after": "", "told": ""}
    told |= {"school_reference": "", "kind": "LEFT", "severity": 2, "happened": "Left."}
    for version, (place, why) in enumerate((("Hall", "First"), ("Yard", "Second")), start=1):
        actions.correct_incident(
            actor=making.acting("asha"), incident=incident, version=version, reason=why,
            occurred_at=incident.occurred_at, place=place, **told,
        )  # fmt: skip
    asha = making.acting("asha")

    found = queries.changes_of(asha, queries.get_incident(asha, incident.pk))

    assert [(one.why, one.before["place"]) for one in found] == [
        ("Second", "Hall"), ("First", "Corridor"),
    ]  # fmt: skip


def test_the_second_of_two_corrections_is_shown_both(making, signed_in):
    incident = record(making)
    client, at = signed_in("asha"), f"/incidents/{incident.pk}/edit/"
    client.post(at, sent(incident, place="Hall", reason="First"))

    page = signed_in("mina").post(at, sent(incident, place="Playground", reason="Second"))

    assert page.status_code == 409
    for place in ("Hall", "Playground"):
        assert place in page.content.decode()
    with pytest.raises(Conflict):
        actions.correct_incident(
            actor=making.acting("asha"), incident=incident, version=1, reason="x", kind="LEFT",
            severity=2, occurred_at=incident.occurred_at, happened="y", place="", before="",
            after="", told="", school_reference="",
        )  # fmt: skip


def test_struck_out_it_counts_nowhere_and_can_be_written_again(making, signed_in):
    incident = record(making, is_shared=True)
    client, at = signed_in("asha"), f"/incidents/{incident.pk}/"

    client.post(f"{at}strike-out/", {"reason": "It was a drill"})
    page = client.get(at).content.decode()

    assert "struck out by" in page
    assert "It was a drill" in page
    asha = making.acting("asha")
    assert queries.since(asha, making.case, asha.today - timedelta(days=3)) == []
    incident.refresh_from_db()
    assert not incident.entry.is_shared, "no school reads its line any more"
    with pytest.raises(Refused, match="struck out"):
        actions.strike_out_incident(actor=asha, incident=incident, reason="x")
    assert record(making, occurred_at=incident.occurred_at).pk != incident.pk


def test_of_the_wrong_child_it_is_taken_to_the_right_one_and_both_records_say_so(
    signed_in,
    acting,
    route,
    right,
):
    incident = actions.record_incident(
        actor=acting("asha"), case=route.case, kind="LEFT", severity=2, place="Corridor",
        occurred_at=timezone.now() - timedelta(hours=2), happened="Sat by the window.",
        is_shared=True,
    )  # fmt: skip
    client, at = signed_in("asha"), f"/incidents/{incident.pk}/"

    page = client.post(
        f"{at}move/", {"to_pupil": right.pk, "reason": "The register says so"}, follow=True
    ).content.decode()

    acting("asha")
    moved = Incident.objects.get(moved_from=incident)
    assert (moved.pupil_id, moved.case.pupil_id, moved.is_shared) == (right.pk, right.pk, False)
    assert moved.happened == incident.happened
    assert "Moved here" in page
    assert "Entered for the wrong child" in client.get(at).content.decode()
    for pupil_id, kind in ((route.pupil.pk, "moved_out"), (right.pk, "moved_in")):
        assert AuditEntry.objects.filter(kind=f"incident.{kind}", pupil_ids=[pupil_id]).exists()


@pytest.mark.parametrize(("by", "reads"), [("hana", True), ("petra", True)])
def test_a_school_puts_right_only_what_it_wrote_itself(making, signed_in, by, reads):
    incident = record(making, is_shared=True)

    page = signed_in(by).get(f"/incidents/{incident.pk}/").content.decode()

    assert ("Left maths" in page) is reads
    assert "strike-out/" not in page
    with pytest.raises(Refused):
        actions.strike_out_incident(actor=making.acting(by), incident=incident, reason="x")


def test_a_correction_that_changes_nothing_is_refused_in_words(making, signed_in):
    incident = record(making)

    page = signed_in("asha").post(f"/incidents/{incident.pk}/edit/", sent(incident, reason="x"))

    assert page.status_code == 422
    assert "Nothing is different" in page.content.decode()
