"""A caseload of several: more cases like the route's own, each with a child of its own."""

from alongside.cases import actions
from alongside.cases.models import Case
from alongside.people.models import Capacity
from tests.routes import Route


def more_cases(route: Route, acting, lead: str, count: int, at: str = "marlpit") -> list[Case]:
    made = []
    for number in range(count):
        pupil = route.children.pupil(f"Sample{number:02}", "Placeholder", at=at)
        mina = acting("mina")
        case = actions.open_case(
            actor=mina,
            pupil=pupil,
            school=pupil.enrolments.get().school,
            service=route.service,
            framework=route.framework,
            reason="Example",
            opened_on=mina.today,
        )
        actions.allocate(
            actor=mina,
            case=case,
            staff=route.staff(lead),
            capacity=Capacity.LEAD,
            starts_on=mina.today,
            despite="Knows the family",  # Asked for where somebody is away or full.
        )
        made.append(case)
    return made
