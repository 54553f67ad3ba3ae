"""Tags and filters every template may use. Must only print: no queries, no decisions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from alongside.rules.dates import dated
from alongside.rules.words import weekday_in_words
from alongside.web import conflicts, dates
from alongside.web.templatetags.cells import STATE_SHAPES, due_rows_html, rows_html
from alongside.web.templatetags.choices import choices_html
from alongside.web.templatetags.drawings import days_html, figures_html, shapes_html, words_html
from alongside.web.templatetags.icons import ICONS
from alongside.web.templatetags.lines import lines_html

register = template.Library()

STATE_WORDS = {
    "overdue": "Overdue",
    "soon": "Due soon",
    "met": "Met",
    "met_late": "Met late",
    "restricted": "Restricted",
    "waiting": "Waiting",
    "info": "",
}


@register.simple_tag
@cache
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """One icon. Hidden from screen readers unless it carries a label of its own."""
    drawing = mark_safe(ICONS[name])
    if label:
        return format_html(
            '<svg class="al-ico {}" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>',
            classes,
            label,
            drawing,
        )
    return format_html(
        '<svg class="al-ico {}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        classes,
        drawing,
    )


TONES = {
    "overdue": "t-over",
    "soon": "t-soon",
    "met": "t-met",
    "met_late": "t-soon",
    "restricted": "t-rest",
    "waiting": "t-wait",
    "info": "t-teal",
}


@register.simple_tag
def tone(state: str) -> str:
    """The class that colours words as their state: always beside the state's shape or word."""
    return TONES.get(state, "")


@register.simple_block_tag
def panel(
    content: str,
    title: str,
    *,
    url: str = "",
    link: str = "",
    note: str = "",
    classes: str = "",
    id: str = "",
) -> SafeString:
    """A sheet with a title, and one link or note at its right edge."""
    return render_to_string(
        "components/panel.html",
        {
            "content": content,
            "title": title,
            "title_id": f"{id or slugify(title)}-title",
            "url": url,
            "link": link,
            "note": note,
            "classes": classes,
            "id": id,
        },
    )


@register.simple_block_tag
def more(content: str, label: str = "More") -> SafeString:
    """The links of a page's head that are not its first business, behind one button. Opens without script."""
    if not content.strip():
        return SafeString("")
    return render_to_string("components/more.html", {"content": content, "label": label})


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at a place, for a table whose cells follow its columns."""
    return items[index] if index < len(items) else None


MOUTHS = {
    "1": "M13 28q7-8 14 0",
    "2": "M13 27q7-4 14 0",
    "3": "M13 26h14",
    "4": "M13 24q7 5 14 0",
    "5": "M12 23q8 10 16 0",
}


@register.simple_tag
def mouth(value: str) -> str:
    """The mouth of a face on the scale of five."""
    return MOUTHS.get(str(value), MOUTHS["3"])


@register.filter
def parts_done(sections: Sequence[Mapping[str, Any]]) -> str:
    """How many parts of a long form need nothing more."""
    done = sum(section["state"] == "met" for section in sections)
    return f"{done} of {len(sections)} filled in"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The value of a key a template cannot spell."""
    return mapping.get(key)


@register.simple_tag
def seen(form: Any) -> str:
    """What the form's boxes held when it was begun: web/conflicts.py reads it when two have saved."""
    return conflicts.seen(form) if isinstance(form, forms.BaseForm) else ""


@register.simple_tag
def idle_seconds() -> int:
    """How long a signed-in person may be still before being signed out."""
    return int(getattr(settings, "IDLE_SECONDS", 1200))


@register.filter
def to_go_on_to(wanted: str | None) -> str:
    """The end of a door's address, that leads back to where somebody was; nothing to another site."""
    is_ours = wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return f"?{urlencode({'next': wanted}, safe='/')}" if is_ours else ""


@register.filter
def state_word(state: str) -> str:
    """The word that always stands beside a state's shape."""
    return STATE_WORDS.get(state, "")


@register.filter
def day(value: date | datetime | None) -> str:
    """Fri 27 Nov: for rows and tables. The year is said where it may be in doubt."""
    return dates.short_weekday(value) if value else "–"


@register.filter
def day_year(value: date | datetime | None) -> str:
    """27 Nov 2026: where days of several years stand together."""
    return dated(dates.as_day(value)) if value else "–"


@register.filter
def year_in_doubt(value: date | datetime | None) -> str:
    """The year of a day of which only the day and month are shown, where it may be in doubt."""
    return str(dates.as_day(value).year) if value and dates.needs_year(value) else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """Friday 27 November 2026: for headings, letters and sentences."""
    if not value:
        return "–"
    return weekday_in_words(dates.as_day(value))


@register.filter
def clock_time(value: datetime | None) -> str:
    """2:30pm."""
    return dates.clock_time(value) if value else "–"


@register.filter
def figure(value: float | None) -> str:
    """12.5, but 12 rather than 12.0."""
    if value is None:
        return "–"
    return f"{value:,g}" if abs(value) < 100_000 else f"{value:,.0f}"


@register.filter
def school_days(value: int | None) -> str:
    """1 school day, 2 school days."""
    if value is None:
        return "–"
    return f"{value} school day{'' if value == 1 else 's'}"


@register.simple_tag
def table_rows(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[Mapping[str, Any]]
) -> SafeString:
    """The rows of components/table.html."""
    return rows_html(rows, columns, TONES, STATE_WORDS)


@register.simple_tag
def state_shapes() -> SafeString:
    """The shapes that rows of tables name, drawn once a page."""
    return mark_safe(STATE_SHAPES)


@register.simple_tag
def chronology_lines(lines: Sequence[Mapping[str, Any]]) -> SafeString:
    """Stands inside <ol class="al-rows">."""
    return lines_html(lines, day_year, clock_time)


@register.simple_tag
def due_rows(rows: Sequence[Mapping[str, Any]]) -> SafeString:
    """What is due, a line each. Stands inside <ul class="al-rows">."""
    return due_rows_html(rows, TONES, STATE_WORDS)


@register.simple_tag
def chart_text(text: Any, size: int = 14) -> SafeString:
    """Words in a picture: a timeline has forty of them."""
    return mark_safe(words_html(text, size))


@register.simple_tag
def chart_texts(texts: Sequence[Any]) -> SafeString:
    """All words of a picture that are of one size."""
    return mark_safe("".join([words_html(text, 14) for text in texts]))


@register.simple_tag
def chart_shapes(chart: Any) -> SafeString:
    """Everything of charts/timeline.svg.html that lies behind its words and today's line."""
    return mark_safe(shapes_html(chart))


@register.simple_tag
def chart_figures(table: Any) -> SafeString:
    """Head and rows of the table beneath a picture."""
    return mark_safe(figures_html(table))


@register.simple_tag
def week_days(chart: Any) -> SafeString:
    """The days of charts/two_weeks.svg.html."""
    return mark_safe(days_html(chart.days))


@register.simple_tag
def filter_choices(group: Mapping[str, Any]) -> SafeString:
    """The boxes, circles or options of one group of components/filter.html."""
    return choices_html(group)
