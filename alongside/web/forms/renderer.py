"""How a form becomes markup: the renderer, and what each field tells its template."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.http import QueryDict
from django.template import TemplateDoesNotExist
from django.utils.text import slugify

from alongside.web.forms.said import said
from alongside.web.forms.widgets import DateBox, DateInput, Textarea, TypeAhead

BASES = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple, DateInput, TypeAhead), ""),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.HiddenInput, ""),
)


@dataclass(frozen=True)
class Section:
    """A titled part of a long form: its fields stand together on one sheet."""

    title: str
    fields: tuple[str, ...]
    intro: str = ""
    id: str = ""


@dataclass(frozen=True)
class Part:
    """A section as drawn. The part without a title holds what no section names."""

    fields: list["BoundField"] = field(default_factory=list)
    title: str = ""
    intro: str = ""
    id: str = ""


@dataclass(frozen=True)
class Option:
    """One radio or checkbox, as drawn."""

    value: str
    label: str
    id: str
    is_chosen: bool
    hint: str = ""
    reveals: "BoundField | None" = None
    divider: bool = False


@dataclass(frozen=True)
class Mistake:
    """One line of the error summary."""

    text: str
    href: str = ""
    is_doubt: bool = False  # Nothing is wrong, but look again.


def base_class(widget: forms.Widget) -> str:
    """The GOV.UK class a widget's control carries."""
    return next((name for kinds, name in BASES if isinstance(widget, kinds)), "govuk-input")


def lower_first(label: str) -> str:
    """Main worry becomes main worry; UPN stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class BoundField(forms.BoundField):
    """A field with its classes, ids and mistakes, as the templates need them."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        for unwanted in (
            "required",
            "aria-invalid",
            "maxlength",
            "minlength",
            "min",
            "max",
            "step",
        ):
            # False leaves an attribute out: a browser would cut what is pasted, and say nothing.
            attrs[unwanted] = False
        attrs["class"] = " ".join(self.classes(widget)) or False
        attrs["aria-describedby"] = not self.is_group and (self.described_by or False)
        return attrs

    def classes(self, widget: forms.Widget) -> Iterator[str]:
        """The classes of the control itself."""
        base = base_class(widget)
        if not base:
            return
        yield base
        if width := getattr(widget, "width", None):
            yield f"govuk-input--width-{width}"
        if self.is_wrong and base != "govuk-checkboxes__input":
            yield f"{base}--error"
        if self.count:
            yield "govuk-js-character-count"
        if own := widget.attrs.get("class"):
            yield own

    @property
    def is_group(self) -> bool:
        """Several controls under one legend."""
        return bool(self.field.widget.use_fieldset)

    @property
    def kind(self) -> str:
        """Which template part draws it."""
        widget = self.field.widget
        if isinstance(widget, DateInput):
            return "date"
        if getattr(widget, "faces", False):
            return "faces"
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "control"

    @property
    def count(self) -> int | None:
        """The most characters a counted box takes."""
        widget = self.field.widget
        if not isinstance(widget, forms.Textarea):
            return None
        own = widget.count if isinstance(widget, Textarea) else None
        return own or getattr(self.field, "max_length", None)

    @property
    def described_by(self) -> str:
        """The ids of what explains this field, nearest first."""
        ids = [
            f"{self.auto_id}-info" if self.count else "",
            f"{self.auto_id}-hint" if self.help_text else "",
            f"{self.auto_id}-error" if self.errors else "",
        ]
        return " ".join(filter(None, ids))

    @property
    def label_text(self) -> str:
        """The label, saying so when the field may be left empty."""
        if (
            self.field.required
            or self.kind == "checkbox"
            or getattr(self.field, "plain_label", False)
        ):
            return str(self.label)
        return f"{self.label} (optional)"

    @property
    def read_aloud(self) -> str:
        """The question and its choices, as a browser reads them to a child."""
        choices = ", ".join(option.label for option in self.options) if self.is_group else ""
        return f"{self.label} {choices}".strip()

    @property
    def mistakes(self) -> list[str]:
        """What is wrong, in words; an empty field is told what to enter."""
        return [said(self.field, mistake) for mistake in self.errors.as_data()]

    @property
    def doubt(self) -> Any:
        """What is asked of this field before the form is sent: a web.doubts.Doubt."""
        return getattr(self.form, "doubts", {}).get(self.name)

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) and not self.doubt

    @property
    def sure_of(self) -> list[str]:
        """What was answered before of this field, and is not asked again."""
        data = self.form.data
        said = data.getlist("sure") if isinstance(data, QueryDict) else []
        return [key for key in said if key.startswith(f"{self.html_name}:")]

    @property
    def first_id(self) -> str:
        """Where the error summary's link leads: to what is wrong, or to the answers of a doubt."""
        if self.doubt:
            return f"{self.auto_id}-answer"
        if self.kind == "date":
            wrong = [box for box in self.boxes if box.is_wrong]
            return (wrong or self.boxes)[0].id
        if self.kind in ("radios", "checkboxes", "faces"):
            return self.options[0].id if self.options else self.auto_id
        return self.id_for_label or self.auto_id

    @property
    def boxes(self) -> list[DateBox]:
        """The three boxes of a date."""
        wrong: tuple[str, ...] = ()
        if self.is_wrong:
            code = str(self.form.errors.as_data()[self.name][0].code or "")
            named = tuple(part for part in code.split() if part in ("day", "month", "year"))
            wrong = named or ("day", "month", "year")
        widget = self.field.widget
        return widget.boxes(self.html_name, self.value(), self.auto_id, wrong)

    @property
    def options(self) -> list[Option]:
        """The choices of radios and checkboxes."""
        widget = self.field.widget
        drawn = [o for _, group, _ in widget.optgroups(self.html_name, self.chosen) for o in group]
        return [
            Option(
                value=str(o["value"]),
                label=str(o["label"]),
                id=f"{self.auto_id}-{n + 1}" if n else self.auto_id,
                is_chosen=bool(o["selected"]),
                hint=getattr(widget, "hints", {}).get(str(o["value"]), ""),
                reveals=self.revealed_by(str(o["value"])),
                divider=getattr(widget, "divider_before", None) == str(o["value"]),
            )
            for n, o in enumerate(drawn)
            if str(o["value"]) != "" or self.kind == "checkboxes"
        ]

    @property
    def chosen(self) -> list[str]:
        """The values now chosen, as the widget compares them."""
        return self.field.widget.format_value(self.value())

    def revealed_by(self, value: str) -> "BoundField | None":
        name = getattr(self.field.widget, "reveal", {}).get(value)
        return cast("BoundField", self.form[name]) if name else None

    @property
    def faces(self) -> list[Option]:
        """The five faces, in order."""
        return self.options

    @property
    def group_classes(self) -> str:
        """How radios or checkboxes stand."""
        widget = self.field.widget
        name = f"govuk-{self.kind}"
        classes = [name]
        if getattr(widget, "small", False):
            classes.append(f"{name}--small")
        if getattr(widget, "inline", False):
            classes.append(f"{name}--inline")
        if getattr(widget, "columns", 1) == 2:
            classes.append("al-2up")
        return " ".join(classes)


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Fields drawn inside a choice of another, so not on their own."""
    return {
        name
        for bound in form.visible_fields()
        for name in getattr(bound.field.widget, "reveal", {}).values()
    }


def bound_fields(form: forms.BaseForm) -> list[BoundField]:
    """Every field of the form, as our renderer binds it."""
    return [cast("BoundField", form[name]) for name in form.fields]


def in_page_order(form: forms.BaseForm) -> list[BoundField]:
    """Every field in the order that the page draws them, one inside a choice after the choice."""
    ordered: list[BoundField] = []
    for part in parts(form):
        for bound in part.fields:
            ordered.append(bound)
            revealed = getattr(bound.field.widget, "reveal", {}).values()
            ordered += [cast("BoundField", form[name]) for name in revealed if name in form.fields]
    drawn = {bound.name for bound in ordered}
    return ordered + [bound for bound in bound_fields(form) if bound.name not in drawn]


def parts(form: forms.BaseForm) -> list[Part]:
    """The form's sections with their fields; what no section names comes last, untitled."""
    hidden = revealed_names(form)
    left = {b.name: b for b in bound_fields(form) if b.name not in hidden and not b.is_hidden}
    drawn = []
    for section in getattr(form, "sections", ()):
        fields = [left.pop(name) for name in section.fields if name in left]
        drawn.append(
            Part(fields, section.title, section.intro, section.id or slugify(section.title))
        )
    if left:
        drawn.append(Part(list(left.values())))
    return [part for part in drawn if part.fields]


def mistakes(form: forms.BaseForm) -> list[Mistake]:
    """Every mistake of the form in the order of the page, each with the field it leads to."""
    if not form.is_bound:
        return []
    found = [Mistake(str(text)) for text in form.non_field_errors()]
    return found + [m for bound in in_page_order(form) for m in mistakes_of(bound)]


def mistakes_of(bound: BoundField) -> list[Mistake]:
    """The mistakes of one field, by the row that it stands in where the form has rows."""
    texts = bound.mistakes
    if bound.doubt:
        # Several boxes may be asked the same of the same child: each line says which it is about.
        label = getattr(bound.field, "full_label", bound.label)
        texts = [f"{label}: {text}" for text in texts]
    told = [in_row(bound.field, text) for text in texts]
    return [Mistake(text, f"#{bound.first_id}", bool(bound.doubt)) for text in told]


def in_row(field: forms.Field, text: str) -> str:
    """Step 2, hours a week: enter 40 or less. Nothing is added where the words name the row."""
    row = str(getattr(field, "row", ""))
    if not row or text.startswith(row):
        return text
    return f"{row}, {lower_first(text)}"


def name_row(row: str, fields: Iterable[forms.Field]) -> None:
    """These fields stand in one row among others: the error summary names it."""
    for one in fields:
        one.row = row.rstrip("?:. ")  # type: ignore[attr-defined]


class Renderer(TemplatesSetting):
    """The project's templates first, then Django's own for the plainest widgets."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = BoundField

    def __init__(self) -> None:
        super().__init__()
        self.own = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return self.own.get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == self.form_template_name:
            form = context["form"]
            context = context | {"parts": parts(form), "mistakes": mistakes(form)}
        return super().render(template_name, context, request=request)
