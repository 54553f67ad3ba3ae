"""Changes to fieldwork: sessions and daily logs, written once and for a short while mended."""

from alongside.fieldwork.actions.logs import edit_daily_log, record_daily_log
from alongside.fieldwork.actions.next_steps import NextStep, agree_next_steps
from alongside.fieldwork.actions.sessions import edit_session, record_session
from alongside.fieldwork.actions.sharing import share, take_back

__all__ = [
    "NextStep",
    "agree_next_steps",
    "edit_daily_log",
    "edit_session",
    "record_daily_log",
    "record_session",
    "share",
    "take_back",
]
