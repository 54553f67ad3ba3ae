"""Invented facts for each picture on the components page. Must never be read by a real screen."""

from datetime import date, timedelta
from typing import Any

from alongside.web import charts
from alongside.web.components_page.sample_base import TODAY

PURPLE = "#5a3a86"
HOLIDAYS = (
    (date(2025, 10, 27), date(2025, 10, 31)),
    (date(2025, 12, 20), date(2026, 1, 4)),
    (date(2026, 2, 16), date(2026, 2, 20)),
    (date(2026, 3, 28), date(2026, 4, 12)),
    (date(2026, 5, 25), date(2026, 5, 29)),
    (date(2026, 7, 22), date(2026, 9, 1)),
    (date(2026, 10, 26), date(2026, 10, 30)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 15), date(2027, 2, 19)),
    (date(2027, 3, 26), date(2027, 4, 11)),
    (date(2027, 5, 31), date(2027, 6, 4)),
)


def sessions() -> list[charts.Tick]:
    """A session most weeks, some missed."""
    starts = (date(2026, 1, 12), date(2026, 4, 13), date(2026, 9, 14))
    days = [start + timedelta(days=7 * n) for start in starts for n in range(10)]
    open_days = [d for d in days if not any(a <= d <= b for a, b in HOLIDAYS) and d <= TODAY]
    return [charts.Tick(on, is_held=n % 7 != 5) for n, on in enumerate(open_days)]


def pupil() -> charts.Timeline:
    return charts.timeline(
        charts.TimelineFacts(
            name="Robin’s two school years",
            first=date(2025, 9, 1),
            last=date(2027, 7, 30),
            today=TODAY,
            years=(
                ("Year 8, 2025 to 2026", date(2025, 9, 1)),
                ("Year 9, 2026 to 2027", date(2026, 9, 1)),
            ),
            holidays=HOLIDAYS,
            places=(
                charts.Bar("Chalkhill High School, on roll", date(2025, 9, 3)),
                charts.Bar(
                    "Fridays at Orchard Centre, to 18 Dec",
                    date(2026, 9, 25),
                    date(2026, 12, 18),
                    "other",
                ),
            ),
            plans=(
                charts.Bar("Pastoral support plan", date(2026, 1, 12), date(2026, 7, 3), "past"),
                charts.Bar("Outreach plan v3", date(2026, 9, 14), date(2027, 2, 12)),
                charts.Bar("SEN support", date(2025, 10, 6), None, "pale"),
            ),
            suspensions=(
                charts.Block(date(2026, 2, 3), 0.5),
                charts.Block(date(2026, 3, 12), 1),
                charts.Block(date(2026, 5, 6), 2),
                charts.Block(date(2026, 6, 24), 2),
                charts.Block(date(2026, 9, 17), 2),
                charts.Block(date(2026, 10, 7), 3),
                charts.Block(date(2026, 11, 9), 5),
            ),
            sessions=sessions(),
            reviews=(
                charts.Mark(date(2026, 2, 27), "continue"),
                charts.Mark(date(2026, 4, 24), "continue"),
                charts.Mark(date(2026, 7, 3), "step up"),
                charts.Mark(date(2026, 10, 16), "continue"),
                charts.Mark(date(2026, 11, 27), "planned", is_done=False),
                charts.Mark(date(2027, 1, 22), "planned", is_done=False),
            ),
            measures=(
                charts.Series(
                    "Attendance",
                    (
                        (date(2025, 10, 24), 94),
                        (date(2025, 12, 19), 93),
                        (date(2026, 2, 13), 90),
                        (date(2026, 5, 22), 87),
                        (date(2026, 7, 17), 86),
                        (date(2026, 10, 23), 84),
                        (date(2026, 11, 20), 81),
                    ),
                    unit="%",
                    limit=(90, "90%: persistent absence below this"),
                ),
                charts.Series(
                    "Difficulties score",
                    (
                        (date(2026, 1, 14), 24),
                        (date(2026, 7, 2), 21),
                        (date(2026, 9, 15), 22),
                        (date(2026, 11, 16), 19),
                    ),
                    note="lower is better; teacher’s rating of 40",
                    colour=PURPLE,
                ),
            ),
        )
    )


def kinds() -> dict[date, str]:
    """The school year 2026 to 2027 at an invented school."""
    first, last = date(2026, 9, 1), date(2027, 7, 23)
    found = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() > 4:
            continue
        off = next((a for a, b in HOLIDAYS if a <= day <= b), None)
        found[day] = (
            "term" if off is None else "half_term" if off.month in (10, 2, 5) else "holiday"
        )
    for day in (date(2026, 9, 1), date(2026, 11, 2), date(2027, 1, 4)):
        found[day] = "inset"
    for day in (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 5, 3)):
        found[day] = "bank"
    for day in (date(2026, 11, 12), date(2026, 11, 13)):
        found[day] = "closure"
    return found


def targets() -> list[tuple[str, charts.TargetLine]]:
    """Three targets, one of them to come down."""
    line = charts.target_line
    return [
        (
            "of 10 times",
            line(
                name="Uses his exit card, back in 10 minutes",
                start=1,
                now=6,
                goal=8,
                least=0,
                most=10,
            ),
        ),
        (
            "of 4 a week",
            line(name="Stays for the whole maths lesson", start=0, now=2, goal=3, least=0, most=4),
        ),
        ("a lesson", line(name="Calls out", start=9, now=4, goal=3, least=0, most=10)),
    ]


def pictures() -> dict[str, Any]:
    """Every picture, drawn."""
    weekdays = [date(2026, 11, 23) + timedelta(days=n) for n in range(12) if n not in (5, 6)]
    visits, due = (3, 4, 2, 3, 1, 3, 3, 0, 2, 1), (0, 1, 1, 0, 1, 1, 1, 0, 0, 0)
    return {
        "targets": [
            {"text": drawn.title, "unit": unit, "chart": drawn} for unit, drawn in targets()
        ],
        "ladder": charts.ladder(
            framework="Eastmere inclusion framework",
            stages=[
                charts.Stage("Whole school"),
                charts.Stage("School plan"),
                charts.Stage("Outreach"),
                charts.Stage("Panel placement"),
            ],
            here=3,
            since=date(2026, 9, 14),
        ),
        "long_ladder": charts.ladder(
            framework="Northfold Ladder",
            stages=[
                charts.Stage(name)
                for name in (
                    "Ordinary",
                    "Targeted",
                    "Plan",
                    "Advice",
                    "Outreach",
                    "Panel",
                    "Placement",
                )
            ],
            here=5,
            since=date(2026, 9, 14),
        ),
        "slopes": [
            charts.slope(
                measure="Difficulties score",
                before=24,
                after=17,
                before_on=date(2026, 1, 14),
                after_on=date(2026, 11, 16),
                margin=3,
                lower_is_better=True,
                who="Teacher’s rating, of 40.",
            ),
            charts.slope(
                measure="Feels he belongs",
                before=11,
                after=13,
                before_on=date(2026, 1, 14),
                after_on=date(2026, 11, 16),
                margin=2.5,
                who="Robin’s own rating, of 20.",
            ),
        ],
        "timeline": pupil(),
        "weeks": charts.two_weeks(
            [charts.Day(on, v, d) for on, v, d in zip(weekdays, visits, due, strict=True)],
            today=TODAY,
        ),
        "year": charts.year(
            title="Chalkhill High School, 2026 to 2027",
            first=date(2026, 9, 1),
            last=date(2027, 7, 23),
            kinds=kinds(),
            notes={date(2026, 11, 12): "No heating", date(2026, 11, 13): "No heating"},
            today=TODAY,
        ),
    }
