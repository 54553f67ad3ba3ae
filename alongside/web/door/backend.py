"""Who may sign in with an e-mail address and a password, and who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from alongside.core.models import Account
from alongside.core.prepared import prepared


class AccountBackend(AuthenticationBackend):
    """allauth's; the account of a session, which every request asks for, is a prepared query."""

    def get_user(self, user_id: int) -> Account | None:
        found = _account(pk=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@prepared
def _account(pk: Any) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)
