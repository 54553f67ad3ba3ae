"""Every box of words: another child's name in it is asked about, or it says here why it is not.

Read from the code of all screens, so that a new box cannot be forgotten: a box is a text field that is
no `WordsForOthers`. Where a school, a family or another agency may read it, make it one, and say in the
view whom its words are about.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from django import forms

import alongside.web
from alongside.web.forms import WordsForOthers

WEB = Path(alongside.web.__file__).parent
TEXT = {"CharField", "LongText"}

# Why no other child's name is looked for: the form, and the labels of its boxes.
NOT_ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "Names of grown-ups, numbers, times and places": {
        "alternatives.forms.BeginForm": ("Who agreed, and when", "Who does it"),
        "assessments.assessing_forms.AssessmentForm": ("Who in the family",),
        "assessments.goals_and_talks_forms.DecisionForm": ("Who in the family",),
        "cases.behaviours.BehaviourForm": ("Who says so",),
        "desk.forms.PhoneForm": ("Your work telephone",),
        "fieldwork.forms.SessionForm": ("Began at", "Where"),
        "fieldwork.step_forms.NextStepsForm": ("Their name and what they do",),
        "incidents.forms.IncidentForm": (
            "Began at", "Ended at", "Where", "Who was told, in school and at home",
            "Number in the school’s own system",
        ),
        "partners.forms.AnswerForm": ("Which partner", "Who said it"),
        "plans.answer_forms.AgreementForm": ("How they said so",),
        "plans.answer_forms.ContributorForm": ("Who they are to the pupil",),
        "plans.forms.target_fields": ("What is counted", "Who leads on it"),
        "plans.forms.action_fields": ("Who, by name (optional)",),
        "plans.leaving.ToldForm": ("Who there was told", "How"),
        "plans.leaving.LeftForm": ("Where the pupil went",),
        "plans.reviews.InvitationForm": ("At", "Where"),
        "plans.timetable.WeekForm": ("Where", "With whom"),
        "plans.timetable._time_field": ("label",),
        "pupils.forms.EntryForm": ("Time",),
        "pupils.needs_forms.ConditionForm": ("Diagnosis or need", "Who says so"),
        "pupils.people_forms.CarerForm": (
            "Name", "Who they are to the child", "Telephone", "How best to reach them", "Language",
        ),
        "pupils.people_forms.ProfessionalForm": (
            "Name", "Profession", "Agency", "Telephone", "Note",
        ),
        "pupils.people_forms.AddressForm": ("First line", "Second line", "Town", "Postcode"),
        "pupils.register_forms.MoveForm": ("Registration group",),
        "pupils.register_forms.SecondSchoolForm": ("Registration group",),
        "pupils.register_forms.CorrectForm": ("Registration group",),
        "referrals.forms_service.DeclineForm": ("Where else they may turn",),
        "referrals.forms_service.SignpostForm": ("Where they should turn",),
        "referrals.forms_service.CallForm": (
            "Who rang", "What they are, and for whom", "How to ring back",
            "Who at home has agreed to this",
        ),
        "requests.forms.SendForm": ("Whom it goes to", "Who at home agreed that they are told"),
        "requests.forms.AnswerForm": ("Who said it",),
        "schools.forms.ContactForm": ("Their role", "Name", "Telephone"),
        "staff.forms.PersonForm": ("Name", "Job title"),
        "today.forms.VisitForm": ("Time",),
    },
    "It is there to say which child": {
        "audit.glass.GlassForm": ("The child's first name", "The child's surname"),
        "audit.purposes.PurposeFindForm": ("The child’s first name", "The child’s surname"),
        "pupils.people_forms.PupilForm": (
            "Legal first names", "Legal surname", "Name they go by", "Surname they go by",
            "Pronouns", "Unique pupil number", "First language", "Main need",
        ),
        "referrals.forms_service.CallForm": (
            "UPN, if they know it", "First name", "Last name",
        ),
    },
    "Of no child: how a council works": {
        "assessments.scale_forms.ScaleForm": ("Name of the scale", "What is counted", "What it measures", "What its scores are called", "Where the scale and its bands come from",),
        "frameworks.own_standards.StandardForm": ("Where the figure comes from",),
        "plans.types.KindForm": ("Name", "What it is for", "Where that comes from",),
        "frameworks.version_forms.SeenForm": ("",),
        "frameworks.version_forms.HeadForm": ("Name", "What it is", "Where it comes from"),
        "frameworks.version_forms.StageForm": (
            "Name", "What it is", "Who gives the support", "What brings a pupil onto it",
            "What must be shown", "Who decides", "What shows that it has done its work",
            "What it offers",
        ),
        "frameworks.version_forms.CriterionForm": ("What must be shown", "What would meet it"),
        "frameworks.version_forms.PublishForm": ("Why it changes",),
        "partners.forms.ListingForm": (
            "Name", "What it does", "For whom: its criteria", "How to refer", "Telephone or e-mail",
            "Where this comes from",
        ),
        "partners.forms.ProtocolForm": ("Title",),
        "referrals.forms_triage.PublishForm": (
            "What the form is called", "What is different", "Question {}",
            "Question {}: what 0, 1, 2 and 3 look like, a line each",
        ),
        "schools.forms.TermForm": ("Name",),
        "schools.forms.DayForm": ("Reason",),
        "staff.places.MergeForm": ("Who decided it, and when",),
        "components_page.sample_forms.Everything": (
            "What is it", "What happened in the last incident", "What is going well",
        ),
    },
    "Read by the service and the council alone": {
        "assessments.assessing_forms.lines_field": ("label",),
        "assessments.assessing_forms.words_field": ("label",),
        "assessments.assessing_forms.AssessmentForm": ("What was seen or said",),
        "assessments.assessing_forms.SupportForm": (
            "Why, if it is not what the assessment suggests",
        ),
        "assessments.assessing_forms.ReasonForm": ("Why is it withdrawn?",),
        "cases.forms.CloseForm": (
            "Notes for the service", "If a measure was not taken again, why not",
        ),
        "cases.judgements.JudgementForm": (
            "The facts", "What could be done", "What you decided", "Why", "Who was consulted",
        ),
        "cases.priority_forms.PriorityForm": ("What do you know that the list does not?",),
        "cases.priority_forms.MarksForm": ("What makes it complex or contentious",),
        "escalations.forms.EscalationForm": ("What is asked, and by whom",),
        "escalations.forms.AnswerForm": ("What is to be done, and why",),
        "referrals.forms_triage.ScoreForm": ("What stands behind these marks",),
        "team.forms.ColleagueForm": ("For what",),
        "team.forms.CoverForm": ("What the team may know",),
        "team.forms.HandOverForm": ("What the next person needs to know",),
        "team.forms.ProfileForm": ("What else helps to choose them",),
        "team.forms.CommentForm": ("Your comment",),
        "today.forms.TaskForm": ("What is to be done", "Why"),
        "workforce.views.NoteForm": ("What was said", "What was agreed"),
    },
    "Read by the safeguarding lead, who must know of every child in it": {
        "concerns.forms.ConcernForm": (
            "Who it is, in words", "Time", "What you saw or heard", "What the child said",
            "What you have done, and whom you told in person",
        ),
    },
    "On the audit trail, which no school or family reads": {
        "audit.glass.GlassForm": ("Why you need this record now",),
        "audit.purposes.PurposeForm": ("Its reference, or a few words", ""),
        "merging.views.ReasonForm": ("How do you know that they are one child?",),
        "staff.forms.LostDeviceForm": ("How do you know that it is they who ask?",),
        "staff.forms.TakeAwayRoleForm": ("What was the mistake?",),
    },
}  # fmt: skip


def boxes() -> set[tuple[str, str]]:
    """The form (or the function that makes fields) and the label of each text field not asked about."""
    return {
        (f"{'.'.join(file.relative_to(WEB).with_suffix('').parts)}.{owner}", label)
        for file in WEB.rglob("*.py")
        for owner, label in _in(ast.parse(file.read_text()), "")
        if file.parent != WEB / "forms"
    }


def _in(tree: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rsplit(".", 1)[-1] in TEXT:
            yield owner, _label(node)
        inside = node.name if isinstance(node, ast.ClassDef) else owner
        if isinstance(node, ast.FunctionDef) and not owner:
            inside = node.name
        yield from _in(node, inside)


def _label(call: ast.Call) -> str:
    given = next((k.value for k in call.keywords if k.arg == "label"), ast.Constant(""))
    if isinstance(given, ast.Constant):
        return str(given.value)
    if isinstance(given, ast.JoinedStr):
        return "".join(str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "{}" for part in given.values)  # fmt: skip
    return ast.unparse(given)


def test_no_box_of_words_is_forgotten():
    said = {(form, label) for told in NOT_ASKED.values() for form in told for label in told[form]}

    found = boxes()

    assert found - said == set(), "say who reads it: WordsForOthers, or a line in NOT_ASKED"
    assert said - found == set(), "no such box any more"


# Boxes that a template draws itself, which no form asks about: why that is right.
DRAWN = {
    "components/filter.html": "It narrows a list, and nothing is kept.",
    "plans/updates.html": "A word back, between two of the service.",
    "team/countersign.html": "Of what an assistant wrote, to the assistant.",
}


def test_no_template_draws_a_box_of_words_of_its_own():
    pages = WEB / "templates"
    drawn = {
        path.relative_to(pages).as_posix()
        for path in pages.rglob("*.html")
        if re.search(r'<textarea|<input[^>]*class="govuk-input"', path.read_text())
    }

    assert {page for page in drawn if not page.startswith("forms/")} == set(DRAWN)


def test_the_words_of_a_review_are_asked_about():
    from alongside.web.plans.review_forms import ReviewForm, note_field

    boxes = {n for n, f in ReviewForm.base_fields.items() if isinstance(f, forms.CharField)}

    assert boxes == {
        "present", "pupil_view", "family_view", "school_view", "reason", "decided_by",
    }  # fmt: skip
    for name in boxes:
        assert isinstance(ReviewForm.base_fields[name], WordsForOthers), name
    assert isinstance(note_field(), WordsForOthers)


ABOUT_NOBODY = {
    "frameworks.publish_views.",  # Read on the records of many.
    "incidents.putting_right.move",  # Read on the records of two.
    "partners.protocols.",
    "team.news.",
    "team.handovers.",
    "today.planner.plan_visit",  # The form asks who it is.
}


def test_each_screen_with_such_a_box_says_whom_it_is_about():
    """Else the child's own name would be asked about."""
    silent = set()
    for module in pkgutil.walk_packages(alongside.web.__path__, "alongside.web."):
        loaded = importlib.import_module(module.name)
        name = module.name.removeprefix("alongside.web.")
        for function in ast.walk(ast.parse(inspect.getsource(loaded))):
            if isinstance(function, ast.FunctionDef) and _asks(loaded, function):
                silent.add(f"{name}.{function.name}")

    assert {one for one in silent if not one.startswith(tuple(ABOUT_NOBODY))} == set()


def _asks(module: object, function: ast.FunctionDef) -> bool:
    """Binds a form with words for others, and attempts it without `about`."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    said = [ast.unparse(call.func).rsplit(".", 1)[-1] for call in calls]
    if "attempt" not in said:
        return False
    attempt = calls[said.index("attempt")]
    if any(keyword.arg == "about" for keyword in attempt.keywords):
        return False
    bound = [call.args[1] for call, name in zip(calls, said, strict=True) if name == "bind"]
    return any(_is_for_others(module, form) for form in bound)


def _is_for_others(module: object, form: ast.expr) -> bool:
    found: object = module
    for part in ast.unparse(form).split("."):
        found = getattr(found, part, None)
    if not inspect.isclass(found):
        return False
    fields = getattr(found, "base_fields", {}).values()
    is_made = "WordsForOthers" in inspect.getsource(found)  # A field that a row of it gets.
    return is_made or any(isinstance(field, WordsForOthers) for field in fields)
