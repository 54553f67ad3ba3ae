"""The Documents tab as rows: what was added, what came with referrals, drawings, reports made."""

from alongside.assessments.queries import voices_of
from alongside.core.actor import Actor
from alongside.core.handling import InformationClass
from alongside.core.models import StoredFile
from alongside.people.models import Document, Pupil
from alongside.people.queries import documents as found
from alongside.referrals.queries import papers_about
from alongside.web.referrals.pages import size_of

KINDS = {"pdf": "PDF", "png": "Picture", "jpg": "Picture", "jpeg": "Picture", "docx": "Word",
         "xlsx": "Excel", "txt": "Text"}  # fmt: skip


def shown(actor: Actor, pupil: Pupil, ask: str) -> dict[str, object]:
    """Panels of components/attachments.html, and lines for what is only to be known of."""
    documents = found.documents_of(actor, pupil)
    return {
        "added": [_document(d) for d in documents if d.removed_at is None],
        "removed": [_document(d) for d in documents if d.removed_at],
        "papers": _papers(actor, pupil),
        "drawings": _drawings(actor, pupil),
        "reports": _reports(actor, pupil),
        "restricted": [
            f"{c.label} document. To know more, ask {ask}."
            for c in found.document_presence(actor, pupil)
        ],
    }


def kind_of(file: StoredFile) -> str:
    return KINDS.get(file.name.rsplit(".", 1)[-1].lower(), "File")


def class_of(document: Document) -> str:
    return InformationClass(document.information_class).label


def _document(document: Document) -> dict[str, object]:
    row: dict[str, object] = {
        "name": document.title,
        "url": f"/pupils/{document.pupil_id}/documents/{document.pk}/",
        "kind": kind_of(document.file),
        "size": size_of(document.file.size),
        "by": document.recorded_by.name,
        "on": document.created_at,
        "note": class_of(document),
    }
    if document.removed_at:
        return row | {"state": "declined", "word": "Removed"}
    return row | ({"state": "info", "word": "Shared with school"} if document.is_shared else {})


def _papers(actor: Actor, pupil: Pupil) -> list[dict[str, object]]:
    return [
        {
            "name": paper.what,
            "url": f"/referrals/{paper.referral_id}/papers/{paper.pk}/",
            "kind": kind_of(paper.file),
            "size": size_of(paper.file.size),
            "by": paper.added_by.name,
            "on": paper.created_at,
            "note": f"Referral {paper.referral.reference}, casework",
        }
        for paper in papers_about(actor, pupil)
    ]


def _drawings(actor: Actor, pupil: Pupil) -> list[dict[str, object]]:
    return [
        {
            "name": voice.question or "A drawing or photo",
            "url": f"/pupils/{pupil.pk}/assessment/voice/{voice.pk}/file/",
            "kind": kind_of(voice.file),
            "size": size_of(voice.file.size),
            "by": voice.recorded_by.name,
            "on": voice.said_on,
            "note": "The child’s own",
            **({"state": "info", "word": "Shared with school"} if voice.is_shared else {}),
        }
        for voice in voices_of(actor, pupil, found.MOST)
        if voice.file
    ]


def _reports(actor: Actor, pupil: Pupil) -> list[dict[str, object]]:
    """Made from the record and handed over: not kept, but made again at their address."""
    return [
        {
            "name": line.summary,
            "url": line.url,
            "kind": "Made from the record",
            "by": line.recorded_by.name,
            "on": line.occurred_at,
            **({"state": "info", "word": "Shared with school"} if line.is_shared else {}),
        }
        for line in found.reports_made(actor, pupil)
    ]
