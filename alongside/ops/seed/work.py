"""The work of a case, lived through the actions: assess, plan, do, review, close, ask again."""

from alongside.ops.seed.life import Life


def work(life: Life) -> None:
    """From the first assessment to the last sustained check, as far as today."""
