"""Jobs of the service itself: sealing the audit trail, rescuing stalled jobs, tidying up.

A job carries identifiers only, never a name. It runs as the web role, behind the same walls.
"""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from alongside.core import audit

DRAFTS_KEPT = timedelta(days=30)
STALLED_AFTER = 90  # Seconds without a sign of life from the worker that took the job.


def enqueue(task: Task[Any, Any, Any], **identifiers: int | str) -> int:
    """Have a job done soon. It waits for this transaction, and is forgotten with it."""
    return task.defer(**identifiers)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_audit", name="core.seal_audit")
def seal_audit(timestamp: int) -> int:
    """Every minute: bind what was written since into the chain."""
    with transaction.atomic():
        return audit.seal()


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="rescue_stalled", name="core.rescue_stalled", pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """A worker that was killed leaves its job undone: hand it to the next one."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await jobs.retry_job(job)
    await jobs.prune_stalled_workers(STALLED_AFTER)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="tidy", name="core.tidy")
def tidy(timestamp: int) -> int:
    """Every night: drafts nobody came back to, sessions that ended, wrong passwords long past."""
    call_command("clearsessions")
    call_command("axes_reset_logs", age=30, verbosity=0)
    return expire_drafts()


def expire_drafts() -> int:
    """Remove drafts untouched for thirty days; answers how many. Nobody can read them to do so."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT sec.expire_drafts(%s::interval)", [f"{DRAFTS_KEPT.days} days"])
        return cursor.fetchone()[0]
