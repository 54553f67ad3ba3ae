"""Jobs of the service itself, and how the worker finds them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from alongside.core import audit, drafts, jobs
from alongside.core.models import AuditSeal, Draft

pytestmark = pytest.mark.django_db


def waiting(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [name])
        return cursor.fetchone()[0]


def test_the_worker_knows_every_job():
    assert {"core.seal_audit", "core.rescue_stalled", "core.tidy"} <= set(app.tasks)


def test_sealing_stalled_jobs_and_tidying_come_round_by_themselves():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert crons["core.seal_audit"] == "* * * * *"
    assert crons["core.rescue_stalled"] == "*/2 * * * *"
    assert "core.tidy" in crons


def test_the_sealing_job_seals(acting):
    audit.record(actor=acting("asha"), kind="pupil.viewed", pupil_ids=[1])

    assert jobs.seal_audit(timestamp=0) >= 1
    assert AuditSeal.objects.exists()
    assert jobs.seal_audit(timestamp=60) == 0


def test_a_job_waits_for_its_transaction_and_is_forgotten_with_it(db):
    with transaction.atomic():
        jobs.enqueue(jobs.tidy, timestamp=0)
        assert waiting("core.tidy") == 1
        transaction.set_rollback(True)

    assert waiting("core.tidy") == 0


def test_old_drafts_are_removed_and_young_ones_stay(acting):
    asha = acting("asha")
    for key, days in (("/old/", 31), ("/young/", 29)):
        drafts.save_draft(actor=asha, key=key, content={"words": ["quiet at lunch"]})
        touched = timezone.now() - timedelta(days=days)
        Draft.objects.filter(key=key).update(updated_at=touched)

    assert jobs.expire_drafts() == 1
    assert [draft.key for draft in drafts.list_drafts(asha)] == ["/young/"]


def test_tidying_runs(acting):
    assert jobs.tidy(timestamp=0) == 0
