"""Pictures: the geometry is right, and every figure is also in words and in a table."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from alongside.web import charts
from alongside.web.charts.timeline import timeline
from alongside.web.charts.timeline_facts import Series, TimelineFacts
from alongside.web.components_page.pictures import kinds, pictures
from tests.web.markup import find, tree, words

TODAY = date(2026, 11, 24)
JAN, NOV = date(2026, 1, 14), date(2026, 11, 16)


def test_a_target_line_places_start_now_and_goal_on_its_scale() -> None:
    line = charts.target_line(name="Exit card", start=0, now=5, goal=10, least=0, most=10)

    assert (line.start_x, line.now_x, line.goal_x) == (10, 185, 360)
    assert line.description.startswith("Started at 0, now 5, goal 10")


@pytest.mark.parametrize(("now", "is_reached"), [(3, True), (4, False), (2, True)])
def test_a_goal_may_lie_below_the_start(now: int, is_reached: bool) -> None:
    line = charts.target_line(name="Calls out", start=9, now=now, goal=3, least=0, most=10)

    assert line.is_reached is is_reached


def test_a_target_not_yet_measured_says_so() -> None:
    line = charts.target_line(name="Exit card", start=1, now=None, goal=8, least=0, most=10)

    assert "not yet measured" in line.description
    assert line.table.rows == (("1", "–", "8"),)
    assert not line.is_reached


@pytest.mark.parametrize(("start", "now", "goal"), [(0, 0, 1), (9, 10, 10), (5, 5, 5), (0, 10, 5)])
def test_the_labels_of_a_target_never_cover_each_other(start: int, now: int, goal: int) -> None:
    line = charts.target_line(name="t", start=start, now=now, goal=goal, least=0, most=10)

    labels = sorted(line.labels, key=lambda label: label.x)
    for left, right in pairwise(labels):
        assert left.x + len(left.words) * 6 < right.x
    assert labels[0].x >= 0


def stages(count: int) -> list[charts.Stage]:
    return [charts.Stage(f"Stage {chr(64 + n)}") for n in range(1, count + 1)]


def test_a_ladder_shows_what_is_done_here_and_next() -> None:
    ladder = charts.ladder(framework="F", stages=stages(4), here=3, since=date(2026, 9, 14))

    assert [stair.state for stair in ladder.stairs] == ["done", "done", "here", "next"]
    assert ladder.description == "Stage 3 of 4: Stage C, since 14 Sep."
    assert ladder.table.rows[0] == ("1", "Stage A", "Passed")
    assert ladder.table.rows[2] == ("3", "Stage C", "Here since 14 Sep")
    assert [bool(stair.pointer) for stair in ladder.stairs] == [False, False, True, False]


def test_a_stage_that_was_left_is_not_said_to_be_unreached() -> None:
    stages = [charts.Stage(name) for name in ("School", "Outreach", "Panel")]

    drawn = charts.ladder(framework="Ladder", stages=stages, here=1, left=[2])

    assert [row[2] for row in drawn.table.rows] == ["Here", "Left", "Not reached"]


def test_a_ladder_may_not_have_been_begun() -> None:
    ladder = charts.ladder(framework="F", stages=stages(4), here=0)

    assert ladder.description == "Stage 0 of 4: not on it yet."
    assert {stair.state for stair in ladder.stairs} == {"next"}


@pytest.mark.parametrize("count", [1, 4, 5, 6, 8])
def test_a_ladder_of_any_length_stays_in_its_frame(count: int) -> None:
    ladder = charts.ladder(framework="F", stages=stages(count), here=count)

    assert all(s.x >= 0 and s.x + s.width <= 370 for s in ladder.stairs)
    assert all(s.y >= 0 and s.y + s.height <= ladder.height for s in ladder.stairs)
    assert bool(ladder.caption) is (count > 5)


@pytest.mark.parametrize(
    ("before", "after", "margin", "lower_is_better", "verdict", "state"),
    [
        (24, 17, 3, True, "Down 7: better, more than ordinary variation.", "met"),
        (17, 24, 3, True, "Up 7: worse, more than ordinary variation.", "overdue"),
        (11, 13, 2.5, False, "Up 2: it could be ordinary variation.", "waiting"),
        (11, 13, 0, False, "Up 2: better.", "met"),
        (13, 11.5, 0, False, "Down 1.5: worse.", "overdue"),
        (13, 13, 2, False, "No change.", "waiting"),
    ],
)
def test_before_and_after_says_no_more_than_the_figures_bear(
    before: float, after: float, margin: float, lower_is_better: bool, verdict: str, state: str
) -> None:
    slope = charts.slope(
        measure="Score",
        before=before,
        after=after,
        before_on=JAN,
        after_on=NOV,
        margin=margin,
        lower_is_better=lower_is_better,
    )

    assert (slope.verdict, slope.state) == (verdict, state)
    assert verdict in slope.description


def test_a_slope_falls_when_the_score_falls_and_keeps_inside_its_frame() -> None:
    slope = charts.slope(
        measure="Score", before=24, after=17, before_on=JAN, after_on=NOV, margin=3
    )

    assert slope.before.y < slope.after.y
    assert 0 < slope.before.high_y < slope.before.low_y < slope.height
    assert slope.table.rows[0] == ("14 Jan 2026", "24", "21 and 27")


def facts(**more: object) -> charts.TimelineFacts:
    return charts.TimelineFacts(
        name="Robin",
        first=date(2025, 9, 1),
        last=date(2027, 7, 30),
        today=TODAY,
        **more,  # type: ignore[arg-type]
    )


def test_a_timeline_of_nothing_is_still_a_picture() -> None:
    timeline = charts.timeline(facts())

    assert timeline.table.rows == ()
    assert "nothing yet" in timeline.description


def test_a_bar_is_solid_to_today_and_pale_after() -> None:
    timeline = charts.timeline(facts(places=[charts.Bar("Chalkhill", date(2025, 9, 3))]))

    solid, ahead = timeline.canvas.boxes
    assert solid.x + solid.width == pytest.approx(timeline.today_x, abs=0.2)
    assert (solid.fill, ahead.fill) == ("#0b5d5e", "#e3efec")


def test_bars_at_the_same_time_stand_in_rows_of_their_own() -> None:
    bars = [
        charts.Bar("Plan one", date(2026, 1, 5), date(2026, 3, 1)),
        charts.Bar("Plan two", date(2026, 2, 1), date(2026, 4, 1)),
        charts.Bar("Plan three", date(2026, 9, 1), date(2026, 10, 1)),
    ]
    timeline = charts.timeline(facts(plans=bars))

    one, two, three = timeline.canvas.boxes
    assert one.y != two.y
    assert three.y == one.y


def test_suspensions_are_drawn_to_scale_and_added_up() -> None:
    blocks = [charts.Block(date(2026, 9, 17), 2), charts.Block(date(2026, 10, 7), 0.5)]
    timeline = charts.timeline(facts(suspensions=blocks))

    two, half = timeline.canvas.boxes
    assert two.height == 4 * half.height
    assert ("Suspensions", "0.5 days", "7 Oct 2026") in timeline.table.rows
    assert "2.5 days in all" in [text.words for text in timeline.canvas.texts]


def test_every_measure_is_in_the_table() -> None:
    series = charts.Series("Attendance", ((JAN, 94), (NOV, 81)), unit="%")
    timeline = charts.timeline(facts(measures=[series]))

    assert timeline.table.rows == (
        ("Attendance", "94%", "14 Jan 2026"),
        ("Attendance", "81%", "16 Nov 2026"),
    )


def test_what_a_figure_means_never_stands_across_the_line_of_today() -> None:
    october = date(2026, 10, 15)
    series = charts.Series("Difficulties", ((october, 23),), note="lower is better")

    picture = charts.timeline(facts(measures=[series]))

    words = next(t for t in picture.canvas.texts if t.words == "lower is better")
    assert words.x > picture.today_x


def test_what_lies_outside_the_years_stands_at_the_edge() -> None:
    bars = [charts.Bar("Before", date(2020, 1, 1), date(2030, 1, 1))]
    timeline = charts.timeline(facts(places=bars))

    assert min(box.x for box in timeline.canvas.boxes) == 130
    assert max(box.x + box.width for box in timeline.canvas.boxes) <= 1206


def test_two_weeks_leave_a_gap_between_weeks_and_mark_today() -> None:
    days = [date(2026, 11, 23) + timedelta(days=n) for n in (0, 1, 4, 7)]
    strip = charts.two_weeks([charts.Day(on, visits=1) for on in days], today=TODAY)

    xs = [box.x for box in strip.days]
    assert xs[1] - xs[0] == 82
    assert xs[3] - xs[2] == 88
    assert [box.is_today for box in strip.days] == [False, True, False, False]
    assert strip.table.rows[1] == ("Tue 24 Nov", "1", "0")


def test_a_closed_day_says_why_in_place_of_visits() -> None:
    strip = charts.two_weeks([charts.Day(TODAY, visits=2, closed="INSET")], today=TODAY)

    assert strip.days[0].marks == ()
    assert strip.table.rows == (("Tue 24 Nov", "INSET", "0"),)


def a_year() -> charts.Year:
    return charts.year(
        title="Chalkhill",
        first=date(2026, 9, 1),
        last=date(2027, 7, 23),
        kinds=kinds(),
        notes={date(2026, 11, 12): "No heating", date(2026, 11, 13): "No heating"},
        today=TODAY,
    )


def test_a_year_has_every_month_and_names_each_closed_run() -> None:
    year = a_year()

    assert [month.title for month in year.months][0::10] == ["September 2026", "July 2027"]
    assert ("12 Nov 2026", "13 Nov 2026", "No heating") in year.table.rows
    assert ("26 Oct 2026", "30 Oct 2026", "Half-term") in year.table.rows
    assert sum(cell.is_today for month in year.months for cell in month.cells) == 1


def test_the_days_of_a_month_stand_under_their_weekday() -> None:
    november = a_year().months[2]

    first, second = november.cells[0], november.cells[1]
    assert (first.x, first.kind) == (180, "weekend")  # 1 November 2026 is a Sunday.
    assert (second.x, second.kind) == (0, "inset")
    assert second.y > first.y


PICTURES = {
    "charts/target_line.svg.html": lambda p: p["targets"][0]["chart"],
    "charts/ladder.svg.html": lambda p: p["ladder"],
    "charts/slope.svg.html": lambda p: p["slopes"][0],
    "charts/timeline.svg.html": lambda p: p["timeline"],
    "charts/two_weeks.svg.html": lambda p: p["weeks"],
    "charts/year.svg.html": lambda p: p["year"],
}


@pytest.mark.parametrize("template", PICTURES)
def test_every_picture_has_a_title_a_description_and_a_table(template: str) -> None:
    chart = PICTURES[template](pictures())

    nodes = tree(render_to_string(template, {"chart": chart, "table": True}))

    for svg in find(nodes, "svg", role="img"):
        title, description = str(svg[1]["aria-labelledby"]).split()
        assert words(find([svg], "title", id=title)[0])
        assert words(find([svg], "desc", id=description)[0])
    assert find(nodes, "table")
    assert not [n for n in find(nodes, "rect") + find(nodes, "text") if "style" in n[1]]


def test_the_label_of_a_bar_never_stands_across_the_line_of_today() -> None:
    short = charts.Bar("Plan 1", date(2026, 11, 2), date(2026, 11, 20))

    picture = charts.timeline(facts(plans=[short]))

    label = next(t for t in picture.canvas.texts if t.words == "Plan 1")
    assert label.x > picture.today_x


def test_a_long_label_is_cut_between_words_and_stands_whole_in_the_table() -> None:
    aim = "Plan 1: Stays on roll and in lessons to the end of term, with the help asked for"

    picture = charts.timeline(facts(plans=[charts.Bar(aim, JAN, JAN)]))

    (label,) = [t.words for t in picture.canvas.texts if t.words.startswith("Plan 1")]
    assert label == "Plan 1: Stays on roll and in lessons to the end …"
    assert picture.table.rows[0][1] == aim
    assert picture.canvas.boxes[0].width >= 3


def test_a_name_of_three_lines_is_not_cut() -> None:
    series = charts.Series("Social and emotional difficulties", ((NOV, 23),))

    picture = charts.timeline(facts(measures=[series]))

    words = [text.words for text in picture.canvas.texts]
    assert [w for w in words if w in series.name] == ["Social and", "emotional", "difficulties"]
    assert max(t.y for t in picture.canvas.texts if t.words == "difficulties") < picture.height - 22


@pytest.mark.parametrize("since", [date(2026, 9, 14), date(2026, 11, 19)])
def test_a_ladder_says_since_when_in_the_stair_or_beneath_it(since: date) -> None:
    names = ("Whole school", "School plan", "Outreach", "Panel placement")
    told = {"framework": "E", "stages": [charts.Stage(name) for name in names], "since": since}
    short, long = charts.ladder(here=3, **told), charts.ladder(here=1, **told)

    said = f"since {since.day} {since:%b}"
    assert said in [t.words for t in short.stairs[2].texts]
    assert not short.caption
    assert long.caption.endswith(said)


def test_a_long_name_of_a_measure_takes_three_lines_and_stands_whole_in_the_table():
    name = "Social and emotional difficulties, total of all scales"
    series = Series(name, ((date(2026, 9, 10), 24.0),))

    drawn = timeline(
        TimelineFacts(
            name="Robin’s two school years",
            first=date(2025, 9, 1),
            last=date(2027, 7, 31),
            today=date(2026, 11, 26),
            measures=(series,),
        )
    )

    words = [text.words for text in drawn.canvas.texts]
    assert "Social and" in words
    assert any(word.endswith("…") for word in words)
    assert drawn.table.rows[0][0] == name
    assert name.lower() in drawn.description
