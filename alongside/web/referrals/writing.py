"""A referral while it is written: its fields, rows and papers, as one thing that is never lost.

What is typed is a mapping of names to lists of values, the same whether posted, drafted or read back
from a returned referral. Must not decide what is allowed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import QueryDict

from alongside.core.actor import Actor
from alongside.core.models import StoredFile
from alongside.pathways.models import Framework
from alongside.people.models import Pupil
from alongside.referrals.actions import Told, Tried
from alongside.referrals.criteria import Cycle
from alongside.referrals.criteria import Told as ToldSoFar
from alongside.referrals.models import CriterionAnswer, Evidence, Referral
from alongside.rules.numbers import number_in
from alongside.web import doubts
from alongside.web.forms.renderer import BoundField, Mistake, mistakes
from alongside.web.referrals.again_forms import AgainForm
from alongside.web.referrals.forms import CycleForm, CycleRows, TellForm

Content = dict[str, list[str]]
ROWS = "tried"


class Writing:
    """One referral being written by one person."""

    def __init__(
        self,
        content: Mapping[str, list[str]],
        *,
        today: date,
        born_on: date | None = None,
        frameworks: Sequence[Framework] = (),
        only: Iterable[str] | None = None,
        missing: Sequence[CriterionAnswer] = (),
        shows_mistakes: bool = False,
    ) -> None:
        self.content: Content = {name: list(values) for name, values in content.items()}
        self.content.setdefault("submission", [str(uuid4())])
        self.content.setdefault(f"{ROWS}-TOTAL_FORMS", ["1"])
        self.content[f"{ROWS}-INITIAL_FORMS"] = ["0"]
        self.is_in_doubt = False
        self.only = None if only is None else set(only)
        self.frameworks = frameworks
        days: dict[str, Any] = {"today": today, "born_on": born_on}
        options: dict[str, Any] = {**days, "frameworks": frameworks, "only": self.only}
        self.sent = TellForm(self.data, **options)
        self.sent_rows = CycleRows(self.data, prefix=ROWS, form_kwargs=days)
        self.said = AgainForm(self.data, missing=missing)  # Empty unless it is sent again.
        if shows_mistakes:
            self.form, self.rows, self.beside = self.sent, self.sent_rows, self.said
        else:
            self.form = TellForm(initial=self._typed(self.sent), **options)
            self.rows = CycleRows(
                prefix=ROWS,
                initial=[self._typed(row) for row in self.sent_rows],
                form_kwargs=days,
            )
            self.beside = AgainForm(initial=self._typed(self.said), missing=missing)

    @cached_property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.content.items():
            data.setlist(name, values)
        return data

    @property
    def asks_tried(self) -> bool:
        return self.only is None or ROWS in self.only

    @property
    def is_sound(self) -> bool:
        rows_are_sound = self.sent_rows.is_valid() if self.asks_tried else True
        return all([self.sent.is_valid(), rows_are_sound, self.said.is_valid()])

    def tell_only_of_what_was_typed(self) -> bool:
        """Half written, nothing is missing yet, but a day that nobody can read is; whether there is any."""
        if self.is_sound:
            return False
        forms = (self.sent, *(self.sent_rows if self.asks_tried else ()), self.said)
        for form in forms:
            for name in [n for n in form.errors if n in form.fields and not form[n].data]:
                del form.errors[name]
        return any(form.errors for form in forms)

    def look_again(self, actor: Actor, about: Pupil) -> bool:
        """Ask whether another child's name is to go to the service; whether there was anything to ask."""
        rows = [row for row in self.sent_rows if self.asks_tried and row.is_valid()]
        self.is_in_doubt = doubts.ask_all((self.sent, *rows, self.said), actor, about=about)
        for form in (*rows, self.said):  # So that the page's title says it too.
            asked_of: dict[str, doubts.Doubt] = form.doubts  # type: ignore[attr-defined]
            self.sent.doubts |= {d.key: d for d in asked_of.values()}  # type: ignore[attr-defined]
        return self.is_in_doubt

    @property
    def mistakes(self) -> list[Mistake]:
        """In the order of the page: what was tried stands before the family and the papers."""
        found = mistakes(self.sent)
        cycles = []
        if self.asks_tried:
            for number, row in enumerate(self.sent_rows, 1):
                cycles += [replace(m, text=f"Cycle {number}: {m.text}") for m in mistakes(row)]
        after = {
            f"#{cast(BoundField, self.sent[name]).first_id}"
            for name in (*self.sent.SECTIONS["family"], *self.sent.SECTIONS["papers"])
            if name in self.sent.fields
        }
        cannot = mistakes(self.said)  # Its line to the service stands last.
        last = [m for m in cannot if m.href == "#id_words" or m.href == "#id_words-answer"]
        return (
            [m for m in cannot if m not in last]
            + [m for m in found if m.href not in after]
            + cycles
            + [m for m in found if m.href in after]
            + last
        )

    @property
    def submission(self) -> UUID:
        try:
            return UUID(self.content["submission"][0])
        except (ValueError, IndexError):
            return uuid4()

    @property
    def paper_ids(self) -> list[int]:
        return [n for v in self.content.get("paper", []) if (n := number_in(v))]

    @property
    def cycles(self) -> list[dict[str, Any]]:
        """Rows with something sound in them; those left empty are no cycles."""
        self.sent_rows.is_valid()
        return [
            row.cleaned_data
            for row in self.sent_rows
            if row.has_changed() and getattr(row, "cleaned_data", {}).get("starts_on")
        ]

    @property
    def tell(self) -> dict[str, Any]:
        """What is sound so far, by field."""
        self.sent.is_valid()
        return self.sent.cleaned_data

    @property
    def framework(self) -> Framework:
        chosen = self.tell.get("framework")
        return next((f for f in self.frameworks if f.pk == chosen), self.frameworks[0])

    @property
    def papers_show(self) -> dict[int, int | None]:
        """File id to the id of the criterion it is said to show."""
        said = self._numbered("shows")
        return {pk: number_in(value) for pk, value in said.items()}

    def _numbered(self, name: str) -> dict[int, str]:
        """The number in NAME-12 to the first value typed."""
        found = {}
        for key, values in self.content.items():
            start, _, number = key.partition("-")
            of_record = number_in(number)
            if start == name and of_record is not None and values:
                found[of_record] = values[0]
        return found

    def refuse(self, message: str, field: str | None) -> None:
        """What an action would not take, at its field where a form has it."""
        form = self.said if field in self.said.fields else self.sent
        form.add_error(field if field in form.fields else None, message)

    def told(self) -> Told:
        """What is sent."""
        given = {n: v for n, v in self.tell.items() if n not in ("papers", "framework")}
        tried = [Tried(**cycle) for cycle in self.cycles] if self.asks_tried else None
        return Told(**given, tried=tried, paper_ids=self.paper_ids, papers_show=self.papers_show)

    def so_far(
        self,
        school: str,
        files: Sequence[StoredFile],
        attached: Sequence[Evidence] = (),
        sent: Referral | None = None,
    ) -> ToldSoFar:
        """What criteria are looked at with: sections not asked for stay as they were sent."""
        tell = self.tell
        if sent and "agreed_on" not in self.sent.fields:
            agreed: tuple[Any, ...] = (sent.agreed_on, sent.agreed_by, sent.agreed_how)
        else:
            agreed = (tell.get("agreed_on"), tell.get("agreed_by"), tell.get("agreed_how"))
        if sent and not self.asks_tried:
            cycles: list[Any] = list(sent.tried.values("starts_on", "reviewed_on"))
        else:
            cycles = self.cycles
        return ToldSoFar(
            school=school,
            agreed_on=agreed[0],
            agreed_by=agreed[1] or "",
            agreed_how=agreed[2] or "",
            cycles=[Cycle(c.get("starts_on"), c.get("reviewed_on")) for c in cycles],
            papers=len(files) + len(attached),
            shown=self._shown(files, attached),
        )

    def _shown(
        self, files: Sequence[StoredFile], attached: Sequence[Evidence]
    ) -> dict[int, list[str]]:
        """Criterion id to the names of the papers said to show it."""
        shown: dict[int, list[str]] = {}
        papers = [(p.file_id, p.what, p.shows_id) for p in attached]
        for file_id, name, shows in papers + [(f.pk, f.name, None) for f in files]:
            if criterion_id := self.papers_show.get(file_id, shows):
                shown.setdefault(criterion_id, []).append(name)
        return shown

    def with_row(self) -> Content:
        total = self.row_count + 1
        return self.content | {f"{ROWS}-TOTAL_FORMS": [str(min(total, 20))]}

    def without_row(self, number: int) -> Content:
        """The rows after it move up."""
        kept = {n: v for n, v in self.content.items() if not n.startswith(f"{ROWS}-")}
        to = 0
        for index in range(self.row_count):
            if index == number:
                continue
            prefix = f"{ROWS}-{index}-"
            for name, values in self.content.items():
                if name.startswith(prefix):
                    kept[f"{ROWS}-{to}-{name.removeprefix(prefix)}"] = values
            to += 1
        return kept | {f"{ROWS}-TOTAL_FORMS": [str(max(to, 1))]}

    def with_papers(self, files: Iterable[StoredFile]) -> Content:
        ids = [str(n) for n in self.paper_ids] + [str(file.pk) for file in files]
        return self.content | {"paper": ids}

    def without_paper(self, paper_id: str) -> Content:
        return self.content | {"paper": [str(n) for n in self.paper_ids if str(n) != paper_id]}

    @property
    def row_count(self) -> int:
        total = self.content[f"{ROWS}-TOTAL_FORMS"][0]
        return max(1, min(number_in(total) or 1, 20))

    def _typed(self, form: TellForm | CycleForm | AgainForm) -> dict[str, Any]:
        """Everything typed into a form, sound or not, as its boxes hold it."""
        return {
            name: field.widget.value_from_datadict(self.data, {}, form.add_prefix(name))
            for name, field in form.fields.items()
            if name != "papers"
        }


def content_of(referral: Referral) -> Content:
    """A referral as it was sent, as if it had just been typed."""
    content: Content = {
        "main_worry": [referral.main_worry],
        "last_incident": [referral.last_incident],
        "going_well": [referral.going_well],
        "days_suspended": [f"{float(referral.days_suspended):g}"]
        if referral.days_suspended is not None
        else [""],
        "agreed_by": [referral.agreed_by],
        "agreed_how": [referral.agreed_how],
        **_day("agreed_on", referral.agreed_on),
    }
    tried = list(referral.tried.order_by("starts_on", "id"))
    for index, cycle in enumerate(tried):
        at = f"{ROWS}-{index}-"
        content |= {f"{at}what": [cycle.what], f"{at}changed": [cycle.changed]}
        for name in ("starts_on", "ends_on", "reviewed_on"):
            content |= _day(f"{at}{name}", getattr(cycle, name))
    return content | {f"{ROWS}-TOTAL_FORMS": [str(max(len(tried), 1))]}


def _day(name: str, day: date | None) -> Content:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{n}": [str(part)] for n, part in enumerate(parts)}
