"""Questions about cases: one, a caseload, who leads. Always within the actor's scope."""

from django.db.models import QuerySet

from alongside.cases.models import Allocation, Case, CaseState
from alongside.core import audit
from alongside.core.actor import Actor
from alongside.people.models import Capacity, Pupil


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of pupils in scope. A case of another service is not seen through the pupil alone."""
    return Case.objects.filter(pupil__in=Pupil.objects.visible_to(actor).values("pk"))


def get_case(actor: Actor, case_id: int) -> Case:
    """One case in scope with its pupil, school, service and framework, or `NotFound`."""
    related = ("pupil", "school__place", "service", "area", "framework", "council")
    try:
        return visible_cases(actor).select_related(*related).get(pk=case_id)
    except Case.DoesNotExist:
        from alongside.core.decisions import NotFound

        raise NotFound from None


def open_case_page(actor: Actor, case_id: int, screen: str) -> Case:
    """One case for a screen that shows its pupil: the view is a line of the audit trail."""
    case = get_case(actor, case_id)
    audit.record(
        actor=actor,
        kind="pupil.viewed",
        subject=f"case {case.pk}",
        pupil_ids=[case.pupil_id],
        detail={"screen": screen},
    )
    return case


def lead_staff_ids(pupil_id: int) -> list[int]:
    """Who leads this pupil's open cases today: told at once when somebody breaks the glass."""
    leads = Allocation.objects.filter(case__pupil_id=pupil_id, capacity=Capacity.LEAD, ends_on=None)
    return list(leads.exclude(case__state=CaseState.CLOSED).values_list("staff_id", flat=True))
