"""The packs of real councils: published frameworks as far as they could be read, templates else."""

import pytest

from alongside.pathways.models import Framework, Stage
from tests.pathways import made

pytestmark = pytest.mark.django_db


def test_five_frameworks_are_there_to_begin_with(acting):
    made.pack(acting("adam"), "luton")
    made.pack(acting("nils"), "lincolnshire")
    theirs = set(Framework.objects.values_list("name", flat=True))
    acting("adam")
    ours = set(Framework.objects.values_list("name", flat=True))

    assert ours == {
        "Luton Tier 1 and Tier 2 inclusion framework",
        "ACE three-tier model",
        "Alternative to Permanent Exclusion",
        "SEMH pathway",
    }
    assert "Lincolnshire Ladder of Behavioural Intervention" in theirs


@pytest.mark.parametrize(("who", "pack"), [("adam", "luton"), ("nils", "lincolnshire")])
def test_no_figure_that_could_not_be_verified_says_it_was(acting, who, pack):
    made.pack(acting(who), pack)

    assert not Framework.objects.filter(is_verified=True).exists()
    assert not Stage.objects.filter(weeks_limit__gt=0, limit_is_verified=True).exists()


@pytest.mark.parametrize(("who", "pack"), [("adam", "luton"), ("nils", "lincolnshire")])
def test_every_stage_says_what_brings_a_pupil_on_and_off_it_and_who_decides(acting, who, pack):
    made.pack(acting(who), pack)

    silent = Stage.objects.filter(entry="") | Stage.objects.filter(exit="")
    assert not silent.exists() and not Stage.objects.filter(decided_by="", order__gt=1).exists()


def test_a_stage_keeps_its_key_when_its_name_changes(acting, tmp_path):
    import shutil

    from alongside.pathways import packs

    actor = acting("adam")
    folder = shutil.copytree(made.PACKS / "luton", tmp_path / "luton")
    packs.load(actor=actor, folder=folder)
    file = folder / "frameworks.toml"
    file.write_text(file.read_text().replace('name = "Tier 1"', 'name = "Tier 1: in school"'))

    packs.load(actor=actor, folder=folder)

    stages = Stage.objects.filter(framework__key="luton-tiers", order=1)
    assert {s.identity for s in stages} == {"tier-1"} and stages.count() == 2
