"""One sending of one form: the page it came from and the words that were typed on it."""

import hashlib

from django.http import HttpRequest


def token_of(request: HttpRequest) -> str:
    """Of a form that says which showing of the page it was sent from; of any other, nothing.

    The same page sent with the same words is the same sending: pressed twice, or gone back to.
    Other words from that page are another sending.
    """
    if request.method != "POST" or not request.POST.get("once"):
        return ""
    told = [
        request.path,
        *(f"{name}={request.POST.getlist(name)}" for name in sorted(request.POST)),
        *(
            f"{file.name} {file.size}"
            for name in sorted(request.FILES)
            for file in request.FILES.getlist(name)
        ),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
