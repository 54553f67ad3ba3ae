"""The generated documents say what the code says, the same each time, and a stale one is named."""

import re
from pathlib import Path

import pytest

from alongside.core.permissions import ROLES, Permission
from alongside.ops import docs, docs_states, docs_tables


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "FOLDER", tmp_path / "generated")
    return docs.FOLDER


def test_writing_twice_changes_nothing_the_second_time(folder):
    assert docs.write() == sorted(docs.MAKERS)

    assert docs.write() == []
    assert docs.differing(docs.made()) == []


def test_a_stale_a_missing_and_a_left_over_document_are_named(folder):
    docs.write()
    (folder / "states.md").write_text("old")
    (folder / "screens.md").unlink()
    (folder / "gone.md").write_text("nobody makes this")

    assert docs.differing(docs.made()) == ["gone.md", "screens.md", "states.md"]
    docs.write()
    assert sorted(path.name for path in folder.iterdir()) == sorted(docs.MAKERS)


def test_permissions_name_every_role_and_permission(folder):
    page = docs.made()["permissions.md"]

    assert all(role.label in page for role in ROLES.values())
    assert all(f"| {permission.value} |" in page for permission in Permission)


def test_every_model_of_ours_stands_in_the_data_dictionary_with_each_field_classed():
    for model in docs_tables.described():
        for field in model._meta.concrete_fields:
            assert docs_tables._field(field, model.handling)[2], f"{model}.{field.name}"


def test_screens_name_the_permission_they_need(folder):
    page = docs.made()["screens.md"]

    assert f"| `/caseload/` | {Permission.CASE_VIEW.value} |" in page
    assert "/bench/" not in page


def test_states_are_drawn_from_each_form_of_transitions():
    drawn = "\n".join(docs_states.diagrams())

    assert "WAITING --> OPEN: allocate" in drawn
    assert "[*] --> SENT: send" in drawn
    assert "RETURNED --> WAITING_APPROVAL: submit" in drawn
    assert "RETURNED --> DRAFT" not in drawn
    assert "ENDED --> [*]" in drawn


def test_every_setting_the_program_reads_is_documented():
    read = re.compile(r"(?:ALONGSIDE|DATABASE)_[A-Z_]*[A-Z]")
    code = "\n".join(path.read_text() for path in Path("alongside").rglob("*.py"))

    told = Path("docs/how-to/settings.md").read_text()

    named = {name for name in read.findall(code) if name.startswith("ALONGSIDE_")}
    assert {name for name in named if name not in told} == set()


def test_the_words_of_the_glossary_are_in_order():
    rows = re.findall(r"^\| \*\*(.+?)\*\*", Path("docs/glossary.md").read_text(), re.MULTILINE)

    words = [re.sub("[^a-z ]", "", row.lower()) for row in rows]

    assert words == sorted(words)
