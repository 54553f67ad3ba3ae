"""Sign-in by role, for looking around. Its address exists only in the demonstration."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alongside.core.models import Account
from alongside.core.permissions import ROLES, Role
from alongside.web.door import sessions

BACKEND = "alongside.web.door.backend.AccountBackend"
_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True)
class Person:
    """An invented person whom anybody may sign in as."""

    account_id: int
    council: str
    kind: str
    name: str
    role: Role
    place: str

    @property
    def role_label(self) -> str:
        return ROLES[self.role].label

    @property
    def description(self) -> str:
        return ROLES[self.role].description


def demonstration_people() -> list[Person]:
    """The accounts under demo.example with a role today; the first of each role and council."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.demonstration_people()")
        rows = cursor.fetchall()
    people = [
        Person(account, council, kind, name, Role(role), place)
        for account, council, kind, name, role, place in rows
    ]
    first: dict[tuple[str, Role], Person] = {}
    for person in people:
        first.setdefault((person.council, person.role), person)
    return sorted(first.values(), key=lambda p: (p.council, _ORDER[p.role], p.account_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demonstration(request: HttpRequest) -> HttpResponse:
    if not settings.IS_DEMONSTRATION:
        raise Http404
    people = demonstration_people()
    if request.method == "POST":
        chosen = {str(person.account_id): person for person in people}
        person = chosen.get(request.POST.get("account", ""))
        if person is None:
            raise Http404
        _sign_in(request, person)
        wanted = request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        return redirect(wanted if is_ours else "/")
    councils = [
        {"name": name, "kind": kind.lower(), "people": list(group)}
        for (name, kind), group in groupby(people, key=lambda p: (p.council, p.kind))
    ]
    return render(request, "door/demonstration.html", {"councils": councils})


def _sign_in(request: HttpRequest, person: Person) -> None:
    if request.user.is_authenticated:
        sessions.end(request.user.pk)  # type: ignore[arg-type]
    login(request, Account.objects.get(pk=person.account_id), BACKEND)
    sessions.start(request, person.account_id)
