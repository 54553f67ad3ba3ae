"""A case of Robin Testerly's with the outreach service, led by asha, allocated by mina."""

from dataclasses import dataclass
from datetime import date

import pytest

from alongside.assessments.models import Measure, MeasureResult
from alongside.cases import actions
from alongside.cases.models import Allocation, Case
from alongside.core.actor import Actor
from alongside.core.models import Place, Staff
from alongside.pathways.models import Framework
from alongside.people.models import Capacity, Involvement, Pupil
from tests.children import Children


@dataclass
class Route:
    """What a test of a case asks for."""

    children: Children
    pupil: Pupil
    case: Case
    framework: Framework
    service: Place

    def staff(self, name: str) -> Staff:
        return Staff.objects.get(pk=self.children.cast.staff[name])

    def result(self, actor: Actor, occasion: str, score: int) -> MeasureResult:
        measure, _ = Measure.objects.get_or_create(
            key="total",
            defaults={"name": "Difficulties score", "low": 0, "high": 40, "is_lower_better": True},
        )
        return MeasureResult.objects.create(
            pupil=self.pupil,
            measure=measure,
            informant="TEACHER",
            occasion=occasion,
            score=score,
            taken_on=actor.today,
            recorded_by_id=actor.staff_id,
        )


def begun_before(route: Route, day: date) -> None:
    """The same case and its lead, as if they had begun on an earlier day."""
    Case.objects.filter(pk=route.case.pk).update(opened_on=day)
    for allocation in route.case.allocations.all():
        Allocation.objects.filter(pk=allocation.pk).update(starts_on=day)
        Involvement.objects.filter(pk=allocation.involvement_id).update(starts_on=day)
    route.case.refresh_from_db()


@pytest.fixture
def route(acting, cast) -> Route:
    children = Children(cast)
    pupil = children.pupil()
    mina = acting("mina")
    service = Place.objects.get(pk=cast.places["outreach"])
    framework = Framework.objects.create(
        key="eastmere",
        name="Eastmere framework",
        owner=service,
        version="1",
        starts_on="2020-09-01",
    )
    case = actions.open_case(
        actor=mina,
        pupil=pupil,
        school=pupil.enrolments.get().school,
        service=service,
        framework=framework,
        reason="Leaves lessons",
        opened_on=mina.today,
    )
    actions.allocate(
        actor=mina,
        case=case,
        staff=Staff.objects.get(pk=cast.staff["asha"]),
        capacity=Capacity.LEAD,
        starts_on=mina.today,
    )
    case.refresh_from_db()
    return Route(children, pupil, case, framework, service)
