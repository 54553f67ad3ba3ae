"""A document's title, day and class are changed: who reads it follows, and the page says so."""

import pytest
from django.db.models import Q

from alongside.core.models import AuditEntry
from alongside.people.models import ChronologyEntry
from tests.routes import route  # noqa: F401
from tests.web.test_documents_tab import TITLE, folder, letter, page_of, tab  # noqa: F401

pytestmark = pytest.mark.django_db


def change(client, letter, **told):
    told = {"title": TITLE, "information_class": "C3", "version": str(letter.version)} | told
    return client.post(tab(letter.pupil, f"{letter.pk}/change/"), told, follow=True)


def test_a_title_and_a_class_are_changed_and_the_page_says_who_reads_it_now(
    signed_in, acting, letter
):
    client = signed_in("asha")
    client.post(tab(letter.pupil, f"{letter.pk}/share/"), {"to": "share"})
    form = page_of(client, tab(letter.pupil, f"{letter.pk}/change/"))

    done = change(client, letter, title="Letter from the family", information_class="C6")

    page = done.content.decode()
    assert "What no school may read is taken back from the school." in form
    assert "Changed. Who reads it: What the family asked" in page
    assert "The school can no longer read it." in page
    acting("asha")
    letter.refresh_from_db()
    assert (letter.title, letter.is_shared) == ("Letter from the family", False)
    assert (letter.information_class, letter.file.information_class) == ("C6", "C6")
    lines = ChronologyEntry.objects.filter(Q(pk=letter.entry_id) | Q(corrects=letter.entry_id))
    assert {(line.information_class, line.is_shared) for line in lines} == {("C6", False)}
    assert "before casework" in lines.get(corrects=letter.entry_id).summary
    acting("dpo")
    audited = AuditEntry.objects.get(kind="document.changed")
    assert audited.detail == {"class": "C6", "before": "C3"}


def test_who_changes_what_was_changed_meanwhile_is_told_and_overwrites_nothing(
    signed_in, acting, letter
):
    change(signed_in("asha"), letter, title="Letter of May")

    late = change(signed_in("asha"), letter, title="Letter of June")

    page = late.content.decode()
    assert "Asha Exampleton saved this at " in page and "it is “Letter of May”" in page
    assert 'name="version" value="2"' in page and "Letter of June" in page
    acting("asha")
    letter.refresh_from_db()
    assert letter.title == "Letter of May"


def test_a_class_that_the_role_does_not_write_is_not_chosen_by_hand(signed_in, acting, letter):
    change(signed_in("asha"), letter, information_class="C5")

    acting("asha")
    letter.refresh_from_db()
    assert letter.information_class == "C3"
