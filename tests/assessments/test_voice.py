"""The child's words in whichever way they were given, and the one-page profile with its versions."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.assessments import actions, queries
from alongside.assessments.models import Profile, Voice
from alongside.core import audit, files
from alongside.core.decisions import Conflict, NotFound, Problem, Refused
from alongside.core.models import RowHistory
from alongside.people.models import ChronologyEntry
from tests.pictures import PNG

pytestmark = pytest.mark.django_db


def record(actor, route, method="TALK", **changes):
    told = {"said_on": actor.today, "is_shared": True}
    if method == "TALK":
        told["words"] = "I want to sit near the door"
    return actions.record_voice(actor=actor, pupil=route.pupil, method=method, **(told | changes))


def drawing(name="house.png", content=PNG):
    return SimpleUploadedFile(name, content)


@pytest.mark.duty("SA-53")
@pytest.mark.parametrize(
    ("method", "told", "words"),
    [
        ("TALK", {}, "“I want to sit near the door”"),
        ("FACES", {"face": 4, "question": "Maths today"}, "Maths today: chose the face “Good”."),
        ("SCALE", {"scale": 0, "question": "How safe"}, "How safe: 0 of 10."),
        ("OBSERVED", {"words": "Smiled at the dog"}, "Smiled at the dog"),
        ("DRAWING", {"upload": True}, "A drawing or photo."),
    ],
)
def test_each_way_of_saying_stands_in_words(acting, route, method, told, words):
    asha = acting("asha")
    if "upload" in told:
        told = {"upload": drawing()}

    record(asha, route, method, **told)

    line = ChronologyEntry.objects.get(kind="VOICE")
    assert line.summary == words
    assert (line.information_class, line.is_shared) == ("C2", True)


def test_a_drawing_is_kept_as_handed_in(acting, route):
    asha = acting("asha")

    voice = record(asha, route, "DRAWING", upload=drawing())

    assert files.read(queries.get_voice(asha, route.pupil, voice.pk).file) == PNG


@pytest.mark.parametrize(
    ("method", "told", "words", "field"),
    [
        ("TALK", {"words": " "}, "said or showed", "words"),
        ("FACES", {}, "Choose the face", "face"),
        ("FACES", {"face": 6}, "one of the five", "face"),
        ("SCALE", {}, "Enter the number", "scale"),
        ("SCALE", {"scale": 11}, "0 to 10", "scale"),
        ("DRAWING", {}, "Choose the photo", "upload"),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(acting, route, method, told, words, field):
    asha = acting("asha")

    with pytest.raises(Problem, match=words) as problem:
        record(asha, route, method, **told)

    assert problem.value.field == field
    assert not Voice.objects.exists()


@pytest.mark.parametrize("name", ["notes.txt", "house.exe"])
def test_only_a_picture_is_a_drawing(acting, route, name):
    with pytest.raises(Problem, match="photo or a scan"):
        record(acting("asha"), route, "DRAWING", upload=drawing(name))


def test_a_picture_that_is_none_is_refused(acting, route):
    with pytest.raises(Problem, match="not a PDF, picture"):
        record(acting("asha"), route, "DRAWING", upload=drawing(content=b"MZ"))


def test_words_are_not_dated_tomorrow(acting, route):
    asha = acting("asha")
    with pytest.raises(Problem, match="has not come yet"):
        record(asha, route, said_on=asha.today + timedelta(days=1))


def test_what_the_child_keeps_from_school_stays_with_casework(acting, route):
    voice = record(acting("asha"), route, is_shared=False)

    assert queries.voices_of(acting("mina"), route.pupil) == [voice]
    assert ChronologyEntry.objects.get(kind="VOICE").information_class == "C3"


def test_a_school_reads_what_is_shared(acting, route):
    asha = acting("asha")
    shared = record(asha, route)
    kept = record(asha, route, is_shared=False)

    petra = acting("petra")

    assert queries.voices_of(petra, route.pupil) == [shared]
    with pytest.raises(NotFound):
        queries.get_voice(petra, route.pupil, kept.pk)


@pytest.mark.parametrize("name", ["petra", "theo", "ines"])
def test_only_those_who_work_cases_record_it(acting, route, name):
    with pytest.raises(Refused, match="does not record"):
        record(acting(name), route)


def update(actor, route, version=0, **changes):
    told = {"words": "I like to know what is next", "helps": ["A card on the desk", " "]}
    return actions.update_profile(
        actor=actor, pupil=route.pupil, version=version, **(told | changes)
    )


def test_a_profile_begins_and_changes_with_its_version(acting, route):
    asha = acting("asha")

    first = update(asha, route)
    second = update(asha, route, 1, avoids=["Being asked in front of the class"])

    assert (first.version, second.version) == (1, 2)
    profile = queries.profile_of(acting("petra"), route.pupil)
    assert profile.helps == ["A card on the desk"]
    assert profile.avoids == ["Being asked in front of the class"]


@pytest.mark.parametrize("version", [0, 1])
def test_two_people_at_once_are_asked_to_choose(acting, route, version):
    asha = acting("asha")
    update(asha, route)
    update(asha, route, 1, words="Mine")

    with pytest.raises(Conflict) as conflict:
        update(asha, route, version, words="Theirs")

    assert conflict.value.current.words == "Mine"
    assert Profile.objects.get().words == "Mine"


def test_the_earlier_profile_is_kept(acting, route):
    asha = acting("asha")
    update(asha, route)
    update(asha, route, 1, words="New words")

    assert RowHistory.objects.filter(table_name="assessments_profile").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": "", "helps": []}, "at least one line"),
        ({"helps": ["x"] * 9}, "8 lines"),
        ({"helps": ["x" * 121]}, "under 120"),
    ],
)
def test_a_profile_is_one_page(acting, route, changes, words):
    with pytest.raises(Problem, match=words):
        update(acting("asha"), route, **changes)


def test_a_failed_audit_changes_nothing(acting, route, monkeypatch):
    asha = acting("asha")

    def fail(**_line):
        raise RuntimeError("the audit trail cannot be written")

    monkeypatch.setattr(audit, "record", fail)
    for attempt in (lambda: update(asha, route), lambda: record(asha, route)):
        with pytest.raises(RuntimeError):
            attempt()

    assert not Profile.objects.exists()
    assert not Voice.objects.exists()
