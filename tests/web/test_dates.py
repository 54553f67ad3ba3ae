"""Every screen says days and times by one rule."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

from django.template import Context, Template
from django.utils import timezone

from alongside.core.models import Notice
from alongside.people.models import ChronologyEntry
from alongside.web import dates

CODE = Path(dates.__file__).parents[1]


def last_year() -> date:
    return timezone.localdate() - timedelta(days=400)


def printed(template: str, **context) -> str:
    return Template("{% load alongside %}" + template).render(Context(context))


def test_a_row_of_last_year_says_its_year():
    on = last_year()

    assert printed("{{ on|day }}", on=on) == f"{on:%a} {on.day} {on:%b} {on.year}"
    assert printed("{{ on|year_in_doubt }}", on=on) == str(on.year)
    assert printed("{{ on|year_in_doubt }}", on=timezone.localdate()) == ""


def test_a_notice_of_last_year_does_not_read_as_this_years(signed_in, acting, cast):
    acting("asha")
    notice = Notice.objects.create(staff_id=cast.staff["asha"], kind="x", text="A plan came back.")
    made = timezone.now() - timedelta(days=400)
    Notice.objects.filter(pk=notice.pk).update(created_at=made)

    page = signed_in("asha").get("/notices/").content.decode()

    assert dates.short_weekday(made).endswith(str(made.year))
    assert dates.short_weekday(made) in page


def test_lately_says_the_month(signed_in, route):
    page = signed_in("asha").get(f"/pupils/{route.pupil.pk}/").content.decode()

    said = re.findall(r"<time [^>]*>([^<]*)</time>", page)
    assert said
    assert all(re.fullmatch(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}( \d{4})?", day) for day in said)
    assert ChronologyEntry.objects.exists()


def test_a_time_stands_in_our_own_zone():
    at = datetime.fromisoformat("2026-07-01T13:30:00+00:00")

    assert dates.clock_time(at) == "2:30pm"


SCREENS = [*CODE.glob("web/**/*.py"), *CODE.glob("documents/**/*.py"), *CODE.glob("duties/*.py")]
MACHINES = (  # CSV files and fields.
    "fieldwork/diary.py",
    "fieldwork/forms.py",
    "pupils/lines.py",
    "referrals/forms_service.py",
)
AXES = ("base.py", "timeline.py", "weeks.py")  # Pictures whose axis says the year.


def offends(path: Path) -> bool:
    text = path.read_text()
    spells_time = "%H:%M" in text and not str(path).endswith(MACHINES)
    leaves_year_out = re.search(r"%b(?! %Y)", text) and path.name not in AXES
    return spells_time or bool(leaves_year_out)


def test_no_screen_spells_a_time_or_leaves_a_year_out_by_itself():
    assert [str(path.relative_to(CODE)) for path in SCREENS if offends(path)] == []
