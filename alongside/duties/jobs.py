"""Jobs of every working morning: digests, and what is overdue too long. They name no child."""

import logging
from collections.abc import Iterator

from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from alongside.cases import planned
from alongside.core.actor import NoActor, acting_as, acting_as_system, council_codes
from alongside.core.models import Reminders, Staff
from alongside.core.reminders import reminders_of
from alongside.duties import digest, handing_over, overdue

log = logging.getLogger(__name__)


@app.periodic(cron="30 6 * * 1-5")
@app.task(queueing_lock="send_digests", name="duties.send_digests")
def send_digests(timestamp: int) -> int:
    """Answers how many went out. Somebody's digest that fails stops nobody else's."""
    return sum(_attempt(send_digest, staff_id) for _, staff_id in _everybody())


@app.periodic(cron="45 6 * * 1-5")
@app.task(queueing_lock="tell_overdue", name="duties.tell_overdue")
def tell_overdue(timestamp: int) -> int:
    """Answers for how many people a manager was told."""
    return sum(_attempt(tell_manager, staff_id, code) for code, staff_id in _everybody())


@app.periodic(cron="1 * * * *")
@app.task(queueing_lock="carry_out_handovers", name="duties.carry_out_handovers")
def carry_out_handovers(timestamp: int) -> int:
    """Just after midnight, and each hour again: what failed, or a worker that slept, is made good.

    Answers how many cases changed hands. One handover that fails stops no other.
    """
    return sum(_carry_out(code, pk) for code in council_codes() for pk in _handovers_due(code))


def _handovers_due(council_code: str) -> list[int]:
    with acting_as_system(council_code) as system:
        return planned.due_ids(system.today)


def _carry_out(council_code: str, handover_id: int) -> int:
    try:
        with acting_as_system(council_code) as system:
            handover = planned.get_planned(handover_id)
            return handing_over.on_the_day(actor=system, handover=handover)
    except Exception:
        log.exception("Handover %s could not be carried out", handover_id)
        return 0


def send_digest(staff_id: int) -> bool:
    with acting_as(staff_id) as actor:
        chosen = reminders_of(actor)
        written = digest.write(actor, chosen) if digest.is_wanted(actor, chosen) else None
        address = Staff.objects.values_list("email", flat=True).get(pk=staff_id)
        if written is None or not address:
            return False
        subject, body = written
        Reminders.objects.update_or_create(staff_id=staff_id, defaults={"sent_on": actor.today})
        transaction.on_commit(lambda: send_mail(subject, body, None, [address]), robust=True)
    return True


def tell_manager(staff_id: int, council_code: str) -> bool:
    with acting_as(staff_id) as actor:
        late = overdue.late_of(actor)
    if late is None:
        return False
    with acting_as_system(council_code) as system:
        return overdue.tell(system, late)


def _attempt(work: object, *of: object) -> bool:
    try:
        return bool(work(*of))  # type: ignore[operator]
    except NoActor:
        return False  # Holds no role today: is reminded of nothing.
    except Exception:
        log.exception("A morning job failed for staff %s", of[0])
        return False


def _everybody() -> Iterator[tuple[str, int]]:
    """Every active person of every council."""
    for code in council_codes():
        with acting_as_system(code):
            people = Staff.objects.filter(is_active=True, is_system=False).order_by("pk")
            ids = list(people.values_list("pk", flat=True))
        for staff_id in ids:
            yield code, staff_id
