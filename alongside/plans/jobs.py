"""The job of plans: every morning, who leads a case is reminded of a review that comes near."""

from procrastinate.contrib.django import app

from alongside.core.actor import acting_as_system, council_codes
from alongside.plans.actions import remind_of_reviews


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="remind_of_reviews", name="plans.remind_of_reviews")
def remind(timestamp: int) -> int:
    """Answers how many reviews were told of. A reminder is given once, a week before."""
    told = 0
    for code in council_codes():
        with acting_as_system(code) as actor:
            told += remind_of_reviews(actor=actor)
    return told
