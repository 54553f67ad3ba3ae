"""A pupil's record on screen: restricted notes, long notes, pathways, conditions, behaviours."""

import re
from datetime import timedelta

import pytest

from alongside.core.models import Staff
from alongside.pathways.models import Stage, Standing
from alongside.people.models import ChronologyEntry, Condition, PathwaySpell

pytestmark = pytest.mark.django_db

# Forty pages of a report, as somebody pastes it: 16,000 words.
LONG = "\n\n".join(
    f"Page {n}. " + "He waited by the door until the bell had gone. " * 40 for n in range(1, 41)
)


def body(answer):
    return answer.content.decode()


def on(day, name):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def write(client, route, **typed):
    today = route.today
    return client.post(
        f"/pupils/{route.pupil.pk}/chronology/new/",
        {
            "kind": "NOTE",
            "summary": "What the grandmother said",
            "information_class": "C3",
            **on(today, "occurred_on"),
            **typed,
        },
    )


@pytest.fixture
def record(route, acting):
    route.today = acting("asha").today
    return route


@pytest.mark.duty("OW-132")
def test_a_note_for_named_people_shows_others_neither_its_text_nor_that_it_exists(
    signed_in, record, for_a_purpose
):
    named = str(record.staff("mina").pk)
    chronology = f"/pupils/{record.pupil.pk}/chronology/"
    for_a_purpose(record.pupil.pk)
    write(signed_in("asha"), record, summary="Seen by two people only", readers=named)
    write(signed_in("asha"), record, summary="Hidden from the rest", readers=named, is_hidden="on")

    mine, hers = body(signed_in("asha").get(chronology)), body(signed_in("mina").get(chronology))
    others = body(signed_in("dpo").get(chronology))

    for page in (mine, hers):
        assert "Seen by two people only" in page
        assert "Hidden from the rest" in page
        assert "For named people only, hidden from others" in page
    assert "Seen by two people only" not in others
    assert "Hidden from the rest" not in others
    asha = Staff.objects.get(pk=record.staff("asha").pk).name
    assert others.count(f"A note for named people only. To know more, ask {asha}.") == 1


def test_a_printed_chronology_has_no_links(signed_in, record):
    page = body(signed_in("asha").get(f"/pupils/{record.pupil.pk}/chronology/print/"))

    assert "Case opened" in page
    assert f'href="/cases/{record.case.pk}/' not in page


def test_to_hide_a_note_the_form_asks_for_a_name(signed_in, record):
    page = write(signed_in("asha"), record, is_hidden="on")

    assert page.status_code == 422
    assert "Name at least one person who may read it." in body(page)


def test_a_forty_page_note_is_kept_whole_shown_well_printed_and_searched(signed_in, record):
    client = signed_in("asha")
    assert write(client, record, detail=LONG).status_code == 302
    entry = ChronologyEntry.objects.get(summary="What the grandmother said")
    base = f"/pupils/{record.pupil.pk}/chronology/"

    assert entry.detail == LONG.strip()
    listed = body(client.get(base))
    assert "Page 1." in listed
    assert "Page 2." not in listed
    assert f'href="{base}{entry.pk}/"' in listed
    whole = body(client.get(f"{base}{entry.pk}/"))
    assert all(f"Page {n}." in whole for n in range(1, 41))
    printed = body(client.get(f"{base}print/"))
    assert "Page 40." in printed
    assert "<details" not in printed.split("Page 1.")[0].rsplit("<main", 1)[1]
    assert "What the grandmother said" in body(client.get(f"{base}?words=Page+39"))
    assert "Nothing matches" in body(client.get(f"{base}?words=Page+41."))


def test_a_note_longer_than_any_report_is_refused_in_words_and_kept(signed_in, record):
    page = write(signed_in("asha"), record, detail="x" * 300_001)

    assert page.status_code == 422
    assert "300000" in body(page).replace(",", "")


@pytest.mark.duty("OW-02")
def test_a_pathway_has_its_days_and_lists_of_pupils_are_filtered_by_it(signed_in, record, acting):
    client, base = signed_in("asha"), f"/pupils/{record.pupil.pk}/people/"
    first = record.today - timedelta(days=30)
    client.post(
        f"{base}pathways/new/",
        {"pathway": "VOCATIONAL", "note": "Motor vehicle", **on(first, "starts_on")},
    )
    spell = PathwaySpell.objects.get()
    people = body(client.get(base))
    assert "Vocational" in people
    assert "Motor vehicle" in people

    framework = record.framework.pk
    acting("asha")
    stage = Stage.objects.create(framework=record.framework, order=2, name="Tier 2")
    Standing.objects.create(
        pupil=record.pupil, stage=stage, starts_on=record.today,
        reason="Accepted", moved_by_id=record.staff("asha").pk,
    )  # fmt: skip
    for listed in (
        "/caseload/?view=all", "/caseload/download/?view=all", "/caseload/barriers/?",
        "/reviews/?view=none", "/reviews/download/?view=none",
        f"/frameworks/{framework}/pupils/?", f"/frameworks/{framework}/pupils/download/?",
    ):  # fmt: skip
        follows = client.get(f"{listed}&pathway=VOCATIONAL")
        assert follows.status_code == 200, listed
        assert "Testerly" in body(follows), listed
        assert "Testerly" not in body(client.get(f"{listed}&pathway=ACADEMIC")), listed

    client.post(f"{base}pathways/{spell.pk}/end/", on(record.today - timedelta(days=1), "ends_on"))
    assert "Testerly" not in body(client.get("/caseload/?view=all&pathway=VOCATIONAL"))
    spell.refresh_from_db()
    assert (spell.starts_on, spell.ends_on) == (first, record.today - timedelta(days=1))


@pytest.mark.duty("SA-87")
def test_diagnoses_and_suspected_needs_say_who_and_when_apart_from_behaviour(signed_in, record):
    client, base = signed_in("asha"), f"/pupils/{record.pupil.pk}/people/"
    told = {"name": "ADHD", "state": "SUSPECTED", "source": "Class teacher, Year 9"}
    client.post(f"{base}conditions/new/", {**told, **on(record.today, "said_on")})
    suspected = Condition.objects.get()

    client.post(
        f"{base}conditions/{suspected.pk}/",
        {"state": "DIAGNOSED", "source": "Dr N. Inventham, clinic", **on(record.today, "said_on")},
    )

    page = body(client.get(base))
    assert "<b>ADHD</b>, diagnosed" in page
    assert "Dr N. Inventham, clinic" in page
    assert "<b>ADHD</b>, suspected" in page  # What was suspected stays.
    behaviours = body(client.get(f"/cases/{record.case.pk}/behaviours/"))
    assert "ADHD" not in behaviours


@pytest.mark.duty("SA-89")
def test_behaviours_are_told_with_frequency_and_severity_at_referral_and_at_exit(signed_in, record):
    client, base = signed_in("asha"), f"/cases/{record.case.pk}/behaviours/"
    told = {"name": "Leaves the room without leave", **on(record.today, "seen_on")}
    at_referral = {"occasion": "REFERRAL", "frequency": "4", "severity": "3"}
    client.post(f"{base}new/", {**told, **at_referral})
    client.post(f"{base}new/", {**told, "occasion": "EXIT", "frequency": "1", "severity": "1"})

    page = body(client.get(base))

    assert "Every day" in page
    assert "Severe: the lesson stops" in page
    assert "Less than once a week" in page
    assert "Mild: settles with a reminder" in page
    assert "Better" in page


def test_who_may_not_read_casework_finds_no_behaviours(signed_in, record):
    assert signed_in("petra").get(f"/cases/{record.case.pk}/behaviours/").status_code == 404


def test_a_school_sees_pathways_and_no_diagnosis_it_may_not_read(signed_in, record):
    page = body(signed_in("hana").get(f"/pupils/{record.pupil.pk}/people/"))

    assert "On no pathway yet" in page
    assert "Diagnoses and suspected needs" not in page


def test_on_a_phone_only_where_a_pupil_is_and_what_to_mind_stand_open(signed_in, route):
    page = signed_in("asha").get(f"/pupils/{route.pupil.pk}/").content.decode()

    folded = page[page.index('<details class="al-banner__more">') :]
    folded = folded[: folded.index("</details>")]
    assert "Lead worker" in folded and "Asha" in folded
    assert "On roll" not in folded and "al-flag" not in folded


@pytest.mark.parametrize(
    ("summary", "said"),
    [("Note for the file", "Note for the file"), ("Rang home", "Note. Rang home")],
)
def test_a_line_whose_words_begin_with_its_kind_says_it_once(signed_in, record, summary, said):
    write(signed_in("asha"), record, summary=summary)

    page = body(signed_in("asha").get(f"/pupils/{record.pupil.pk}/chronology/print/"))

    lines = [" ".join(line.split()) for line in re.sub("<[^>]+>", "", page).splitlines()]
    assert any(said in line for line in lines)
    assert "Note. Note" not in page


def test_the_overview_says_what_the_next_stage_asks_and_what_was_not_tried(
    signed_in, record, acting
):
    asha, overview = signed_in("asha"), f"/pupils/{record.pupil.pk}/"
    acting("asha")
    Stage.objects.filter(framework=record.framework).delete()
    names = ("School plan", "Outreach", "Panel placement")
    plan, outreach, _ = (
        Stage.objects.create(
            framework=record.framework, order=n, name=name, is_tried_first=n < 3,
            evidence="The plan, and what changed." if n == 3 else "",
        )
        for n, name in enumerate(names, 1)
    )  # fmt: skip
    stands = {
        "pupil": record.pupil, "reason": "Accepted", "moved_by_id": record.staff("asha").pk,
        "starts_on": record.today - timedelta(days=9),
    }  # fmt: skip
    Standing.objects.create(stage=outreach, **stands)

    first = body(asha.get(overview))
    acting("asha")
    Standing.objects.create(stage=plan, is_told=True, ends_on=stands["starts_on"], **stands)
    second = body(asha.get(overview))

    assert "1 of 2 earlier stages tried. <b>Not tried:</b> School plan." in first
    assert (
        "2 of 2 earlier stages tried. <b>Still to show for stage 3:</b> The plan, and what"
        in second
    )
