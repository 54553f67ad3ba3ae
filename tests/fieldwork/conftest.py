"""The route's fixture: a case of Robin Testerly's, led by asha, opened fifty days ago with a plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.cases.models import Case
from alongside.plans.models import Plan, Target
from tests.routes import route  # noqa: F401


@pytest.fixture
def worked(acting, route):
    asha = acting("asha")
    Case.objects.update(opened_on=asha.today - timedelta(days=50))
    route.case.refresh_from_db()
    return route


@pytest.fixture
def targets(acting, worked) -> list[Target]:
    asha = acting("asha")
    plan = Plan.objects.create(
        case=worked.case, pupil=worked.pupil, number=1, state="AGREED", aim="Stays in lessons",
        starts_on=asha.today - timedelta(days=40), review_due_on=asha.today + timedelta(days=2),
        written_by_id=asha.staff_id, changed_by_id=asha.staff_id, changed_at=timezone.now(),
    )  # fmt: skip
    return [
        Target.objects.create(
            plan=plan,
            order=order,
            text=text,
            unit="of 10 times",
            baseline=2,
            goal=8,
            due_on=asha.today,
        )
        for order, text in enumerate(["Uses the exit card", "Starts work in 5 minutes"], 1)
    ]
