"""What is tried and who runs it, and how support steps down: one page a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.cases.models import Case
from alongside.cases.queries import open_case_page
from alongside.core.actor import Actor
from alongside.core.permissions import Permission
from alongside.plans import actions, tapering
from alongside.plans.models import Strategy, TaperStep
from alongside.rules.words import count_of, day_in_words
from alongside.web import form_pages
from alongside.web.forms.renderer import mistakes
from alongside.web.plans.rows import count_rows, typed
from alongside.web.plans.support_forms import (
    ChangeStrategyForm,
    DevelopForm,
    PutOffForm,
    StrategyForm,
    TakeStepForm,
    TaperForm,
)
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen

RUN_STATES = {"SERVICE": "info", "TOGETHER": "waiting", "SCHOOL": "met", "STOPPED": "info"}


@screen(needs=Permission.PLAN_VIEW, methods=("GET",))
def support(request: Request, case_id: int) -> HttpResponse:
    """Strategies by who runs them, and the planned steps down."""
    case = open_case_page(request.actor, case_id, "strategies and taper")
    strategies = tapering.strategies_of(request.actor, case)
    steps = tapering.taper_of(request.actor, case)
    may = tapering.work(request.actor, case)
    at = f"/cases/{case.pk}/"
    context = _around(request, case) | {
        "heading": "Strategies and taper",
        "second": _taken_on(strategies, case.school.name),
        "strategies": [_strategy_row(at, one, bool(may)) for one in strategies],
        "steps": [_step_row(request.actor, at, step, steps, bool(may)) for step in steps],
        "may": may,
        "add_url": f"{at}strategies/add/",
        "taper_url": f"{at}taper/",
        "cycles_url": f"{at}cycles/",
    }
    return render(request, "plans/support.html", context)


@screen(needs=Permission.CASE_WORK)
def add(request: Request, case_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "add a strategy")
    if request.method == "GET" and not (may := tapering.work(request.actor, case)):
        return _instead(request, case, may.reason)
    form = form_pages.bind(request, StrategyForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.add_strategy(actor=request.actor, case=case, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, "The strategy is on the list.")
        return redirect(f"/cases/{case_id}/support/")
    return _show(request, case, form, "Add a strategy", "Something to try, and who runs it.")


@screen(needs=Permission.CASE_WORK)
def change(request: Request, case_id: int, strategy_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "change a strategy")
    one = tapering.get_strategy(request.actor, case, strategy_id)
    if request.method == "GET" and not (may := tapering.work(request.actor, case)):
        return _instead(request, case, may.reason)
    initial = {"run_by": one.run_by, "works": one.works}
    form = form_pages.bind(request, ChangeStrategyForm, initial=initial)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.change_strategy(actor=request.actor, strategy=one, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, f"{done.get_run_by_display()}: saved.")
        return redirect(f"/cases/{case_id}/support/")
    return _show(request, case, form, one.text, one.how)


@screen(needs=Permission.CASE_WORK)
def develop(request: Request, case_id: int, strategy_id: int) -> HttpResponse:
    case = open_case_page(request.actor, case_id, "a strategy to develop")
    one = tapering.get_strategy(request.actor, case, strategy_id)
    if request.method == "GET" and not (may := tapering.work(request.actor, case)):
        return _instead(request, case, may.reason)
    form = form_pages.bind(request, DevelopForm, initial={"because": one.develop_because})
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.mark_for_development(actor=request.actor, strategy=one, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, "Marked. The next review begins with it.")
        return redirect(f"/cases/{case_id}/support/")
    return _show(request, case, form, f"To be developed: {one.text}", "")


@screen(needs=Permission.CASE_WORK)
def taper(request: Request, case_id: int) -> HttpResponse:
    """The steps still to come, on one page; a row more keeps what is typed."""
    case = open_case_page(request.actor, case_id, "plan a taper")
    if request.method == "GET" and not (may := tapering.work(request.actor, case)):
        return _instead(request, case, may.reason)
    planned = [s for s in tapering.taper_of(request.actor, case) if s.taken_on is None]
    initial = _taper_values(planned)
    wanted = {"step": min(max(len(planned), 3), tapering.MOST_STEPS)}
    if "add" in request.POST:
        asked = {"step": min(count_rows("step", request.POST) + 1, tapering.MOST_STEPS)}
        form = TaperForm(initial=initial, rows=asked)
        form.go_on_in("step")
        form.initial = {**initial, **typed(form, request.POST)}
        return _show_taper(request, case, form)
    form = form_pages.bind(request, TaperForm, initial=initial, rows=wanted)
    done = form_pages.attempt(
        request,
        form,
        lambda _: actions.plan_taper(actor=request.actor, case=case, steps=form.facts()),
        school=case.school,
        about=case.pupil,
    )
    if done:
        messages.success(request, f"Planned: {count_of(len(done), 'step')} down.")
        return redirect(f"/cases/{case_id}/support/")
    return _show_taper(request, case, form)


@screen(needs=Permission.CASE_WORK)
def take(request: Request, case_id: int, taper_step_id: int) -> HttpResponse:
    case, step = _step(request, case_id, taper_step_id, "take a step down")
    if request.method == "GET" and not (may := tapering.take(request.actor, case, step)):
        return _instead(request, case, may.reason)
    form = form_pages.bind(request, TakeStepForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.take_step(actor=request.actor, step=step, **data),
        about=case.pupil,
    )
    if done:
        messages.success(request, f"From today: {_hours(done)}.")
        return redirect(f"/cases/{case_id}/support/")
    return _show(request, case, form, f"Step down to {_hours(step)}", f"When: {step.criteria}")


@screen(needs=Permission.CASE_WORK)
def put_off(request: Request, case_id: int, taper_step_id: int) -> HttpResponse:
    case, step = _step(request, case_id, taper_step_id, "put a step off")
    if request.method == "GET" and not (may := tapering.take(request.actor, case, step)):
        return _instead(request, case, may.reason)
    form = form_pages.bind(request, PutOffForm)
    done = form_pages.attempt(
        request,
        form,
        lambda data: actions.put_off(actor=request.actor, step=step, **data),
        school=case.school,
        about=case.pupil,
    )
    if done:
        messages.success(request, f"Put off to {day_in_words(done.starts_on)}.")
        return redirect(f"/cases/{case_id}/support/")
    heading = f"Put off: step down to {_hours(step)}"
    return _show(request, case, form, heading, f"When: {step.criteria}")


def _step(request: Request, case_id: int, taper_step_id: int, name: str) -> tuple[Case, TaperStep]:
    case = open_case_page(request.actor, case_id, name)
    return case, tapering.get_step(request.actor, case, taper_step_id)


def _around(request: Request, case: Case) -> dict[str, Any]:
    return {
        **pupil_frame(request.actor, case.pupil, "plan"),
        "back_url": f"/cases/{case.pk}/support/",
        "back_label": "Strategies and taper",
    }


def _instead(request: Request, case: Case, reason: str) -> HttpResponse:
    messages.info(request, reason)
    return redirect(f"/cases/{case.pk}/support/")


def _show(request: Request, case: Case, form: Any, heading: str, second: str) -> HttpResponse:
    context = _around(request, case) | {"heading": heading, "second": second}
    return form_pages.show(request, "plans/answer.html", form, context)


def _show_taper(request: Request, case: Case, form: TaperForm) -> HttpResponse:
    context = _around(request, case) | {
        "heading": "Plan the taper",
        "second": "Fewer hours at each step, once something is so. An empty step is left out.",
        "mistakes": mistakes(form),
        "rows": form.bound_rows("step"),
        "is_full": form.rows["step"] >= tapering.MOST_STEPS,
    }
    return form_pages.show(request, "plans/taper.html", form, context)


def _taper_values(steps: list[TaperStep]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for n, step in enumerate(steps, 1):
        values[f"step_{n}_text"] = step.criteria
        values[f"step_{n}_hours"] = f"{float(step.hours_a_week):g}"
        values[f"step_{n}_starts_on"] = step.starts_on
    return values


def _taken_on(strategies: list[Strategy], school: str) -> str:
    in_use = tapering.to_review(strategies)
    unaided = sum(one.run_by == Strategy.RunBy.SCHOOL for one in in_use)
    if not in_use:
        return f"What {school} takes on shows here."
    return f"{school} runs {unaided} of {count_of(len(in_use), 'strategy', 'strategies')} unaided."


def _strategy_row(at: str, one: Strategy, may: bool) -> dict[str, Any]:
    raised = ""
    if one.develop_because and one.develop_on and one.develop_by:
        on = day_in_words(one.develop_on)
        raised = f"{one.develop_because} ({one.develop_by.name}, {on})"
    return {
        "text": one.text,
        "how": one.how,
        "state": RUN_STATES[one.run_by],
        "word": one.get_run_by_display(),
        "since": day_in_words(one.run_since),
        "works": one.get_works_display() if one.works else "Not known yet whether it works",
        "raised": raised,
        "is_stopped": one.run_by == Strategy.RunBy.STOPPED,
        "change_url": f"{at}strategies/{one.pk}/" if may else "",
        "develop_url": f"{at}strategies/{one.pk}/develop/" if may else "",
    }


def _step_row(
    actor: Actor, at: str, step: TaperStep, steps: list[TaperStep], may: bool
) -> dict[str, Any]:
    is_next = step == tapering.next_step(steps)
    is_late = is_next and step.starts_on <= actor.today
    word = "Taken" if step.taken_on else "Now due" if is_late else "Next" if is_next else "Planned"
    state = "met" if step.taken_on else "soon" if is_late else "waiting" if is_next else "info"
    taken = ""
    if step.taken_on and step.taken_by:
        taken = f"Taken {day_in_words(step.taken_on)}, {step.taken_by.name}."
    return {
        "hours": _hours(step),
        "from_day": day_in_words(step.starts_on),
        "criteria": step.criteria,
        "state": state,
        "word": word,
        "taken": taken,
        "note": step.note,
        "take_url": f"{at}taper/{step.pk}/take/" if may and is_next else "",
        "put_off_url": f"{at}taper/{step.pk}/put-off/" if may and is_next else "",
    }


def _hours(step: TaperStep) -> str:
    one = "hour" if step.hours_a_week == 1 else "hours"
    return f"{float(step.hours_a_week):g} {one} a week"
