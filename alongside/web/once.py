"""One sending of one form: the page it came from, the words typed on it and the files handed in."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest


def token_of(request: HttpRequest) -> str:
    """Of a form that says which showing of the page it was sent from; of any other, nothing.

    The same page sent with the same words is the same sending: pressed twice, or gone back to.
    Other words from that page are another sending, and so is another file, whatever its name.
    """
    if request.method != "POST" or not request.POST.get("once"):
        return ""
    told = [
        request.path,
        *(f"{name}={request.POST.getlist(name)}" for name in sorted(request.POST)),
        *(
            f"{name}={file.name!r} {_digest(file)}"
            for name in sorted(request.FILES)
            for file in request.FILES.getlist(name)
        ),
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _digest(file: UploadedFile) -> str:
    """Told by content: two photos from one camera may share both name and size."""
    content = hashlib.sha256()
    for part in file.chunks():
        content.update(part)
    file.seek(0)  # Whoever reads it next reads it whole.
    return content.hexdigest()
