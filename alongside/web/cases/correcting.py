"""The last day of a closed case, saved wrongly, is put right; what does not come back is said."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from alongside.cases import policy, queries
from alongside.core.permissions import Permission
from alongside.duties.closing import correct_closing
from alongside.web import form_pages
from alongside.web.cases.forms import CorrectClosingForm
from alongside.web.pupils.frame import pupil_frame
from alongside.web.screens import Request, screen
from alongside.web.templatetags.alongside import day

MOVES = (
    "To the right day go: the plans that ended with it, who worked on it until when, and the checks "
    "still to come. How long somebody still sees the record follows that day."
)
STAYS = (
    "Nothing is opened again. Plans stay ended, agreed steps that ended with the case are asked for no "
    "more, and checks that were answered stay. To go on with the work, open the case again."
)


@screen(needs=Permission.CASE_CLOSE)
def correct(request: Request, case_id: int) -> HttpResponse:
    actor = request.actor
    found = queries.open_case_page(actor, case_id, "close")
    form = form_pages.bind(request, CorrectClosingForm, initial={"closed_on": found.closed_on})
    done = form_pages.attempt(
        request,
        form,
        lambda data: correct_closing(actor=actor, case=found, **data),
        about=found.pupil,
    )
    if done:
        messages.success(request, f"The last day of the work is now {day(done.closed_on)}.")
        return redirect(f"/cases/{found.pk}/")
    was = f". Saved as {day(found.closed_on)}" if found.closed_on else ""
    context = {
        **pupil_frame(actor, found.pupil),
        "heading": "Correct the last day of the work",
        "second": f"Case {found.reference}{was}",
        "back_url": f"/cases/{found.pk}/",
        "back_label": f"Case {found.reference}",
        "button": "Correct the day",
        "decision": policy.correct_closing(actor, found),
        "notes": [MOVES, STAYS],
    }
    return form_pages.show(request, "cases/form.html", form, context)
