"""Django's sessions in the database, found by a prepared query: every request asks for one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from alongside.core.prepared import prepared


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found = (
            _running(session_key=self.session_key, now=timezone.now()) if self.session_key else []
        )
        if not found:
            self._session_key = None
            return None
        return found[0]  # type: ignore[no-any-return]


@prepared
def _running(session_key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
