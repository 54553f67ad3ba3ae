"""What the record says of a pupil who left the council: where they stood until then, not where they are."""

from datetime import timedelta

import pytest

from alongside.duties.leaving import leave_council
from alongside.pathways.models import Stage, Standing
from alongside.people.models import Enrolment
from alongside.rules.dates import dated
from alongside.rules.words import day_in_words
from alongside.web.dates import short_day
from tests.pages import plain
from tests.plans.test_leaving import left
from tests.routes import begun_before

pytestmark = pytest.mark.django_db


def test_who_left_is_not_said_to_stand_here_since(acting, route, signed_in):
    asha = acting("asha")
    begun = asha.today - timedelta(weeks=5)
    begun_before(route, begun)
    first = Stage.objects.create(framework=route.framework, order=1, name="Outreach")
    Stage.objects.create(framework=route.framework, order=2, name="Panel", evidence="A plan")
    Standing.objects.create(
        pupil=route.pupil, stage=first, starts_on=begun, reason="x", moved_by_id=asha.staff_id
    )
    client, at = signed_in("asha"), f"/pupils/{route.pupil.pk}/"
    here = f"Here since {short_day(begun)}"
    assert here in plain(client.get(at).content)

    actor = acting("asha")
    leave_council(actor=actor, pupil=route.pupil, left=left(actor.today))

    was = f"Here from {short_day(begun)} to {short_day(actor.today)}"
    overview = plain(client.get(at).content)
    assert "stands on your own list" not in overview
    assert was in overview and here not in overview and "Still to show" not in overview
    ladder = plain(client.get(f"{at}frameworks/").content)
    assert was in ladder and "Here now" not in ladder and "to now" not in ladder
    assert f"Left the council on {day_in_words(actor.today)}." in ladder
    actor = acting("asha")
    Enrolment.objects.filter(pupil=route.pupil).update(ends_on=actor.today - timedelta(days=1))
    people = plain(client.get(f"{at}people/").content)
    assert f" to {dated(actor.today - timedelta(days=1))}" in people
    case = plain(client.get(f"/cases/{route.case.pk}/").content)
    assert f"from {day_in_words(begun)} to {day_in_words(actor.today)}" in case
    assert "Here now" not in case
