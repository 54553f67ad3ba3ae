"""A council's pack is loaded whole or not at all, and twice changes nothing."""

import shutil

import pytest

from alongside.assessments.models import Measure
from alongside.core.decisions import Problem
from alongside.core.models import AuditEntry
from alongside.pathways import packs, queries
from alongside.pathways.models import Framework, ServiceStandard, Stage
from tests.pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_pack(tmp_path):
    return shutil.copytree(made.PACKS / "eastmere", tmp_path / "eastmere")


def test_a_pack_brings_frameworks_measures_and_standards(acting):
    loaded = made.pack(acting("adam"))

    assert loaded.created == {
        "framework": 4,
        "measure": 12,
        "standard": 6,
        "listing": 6,
        "barrier": 26,
        "level": 4,
        "plan type": 6,
    }
    assert [s.name for s in Stage.objects.filter(framework__key="eastmere-inclusion")] == [
        "Whole school",
        "School plan",
        "Outreach",
        "Panel placement",
    ]


def test_loading_twice_changes_nothing(acting):
    actor = acting("adam")
    made.pack(actor)
    lines = AuditEntry.objects.count()

    again = made.pack(actor)

    assert not again.created and not again.changed
    assert again.unchanged == {
        "framework": 4,
        "measure": 12,
        "standard": 6,
        "listing": 6,
        "barrier": 26,
        "level": 4,
        "plan type": 6,
    }
    assert AuditEntry.objects.count() == lines


def test_a_changed_threshold_is_a_new_version_from_today(acting, own_pack):
    actor = acting("adam")
    packs.load(actor=actor, folder=own_pack)
    file = own_pack / "frameworks.toml"
    file.write_text(file.read_text().replace("Two plan reviews", "Three plan reviews"))

    loaded = packs.load(actor=actor, folder=own_pack)

    assert loaded.changed == {"framework": 1}
    new, old = Framework.objects.filter(key="eastmere-inclusion").order_by("-id")
    assert (new.version, new.starts_on) == ("2024.2", actor.today)
    assert old.ends_on < actor.today
    assert new in queries.frameworks(actor) and old not in queries.frameworks(actor)
    assert "Two plan reviews" in {c.text for c in old.criteria.all()}


def test_a_changed_standard_keeps_the_one_before(acting, own_pack):
    actor = acting("adam")
    packs.load(actor=actor, folder=own_pack)
    file = own_pack / "standards.toml"
    file.write_text(file.read_text().replace("amount = 15", "amount = 10"))

    packs.load(actor=actor, folder=own_pack)

    assert queries.standards(actor)["plan-agreed"].amount == 10
    assert ServiceStandard.objects.filter(key="plan-agreed").count() == 2


def test_figures_nobody_checked_are_marked(acting):
    made.pack(acting("nils"), "northfold")

    assert not Framework.objects.get(key="northfold-ladder").is_verified
    assert not Stage.objects.filter(weeks_limit__gt=0, limit_is_verified=True).exists()


def test_a_licensed_measure_is_scores_only(acting):
    made.pack(acting("adam"))

    measure = Measure.objects.get(key="total-difficulties")

    assert measure.is_licensed and (measure.low, measure.high) == (0, 40)
    assert [band["to"] for band in measure.bands["TEACHER"]] == [11, 15, 18, 40]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("[[framework", "cannot be read"),
        ('[[framework]]\nkey = "x"', "needs name"),
        ('[[standard]]\nkey = "x"\nname = "X"\namount = "five"', "amount is not of the kind"),
        ('[[ladder]]\nkey = "x"', "ladder is not a part"),
        (
            '[[standard]]\nkey = "x"\nname = "X"\namount = 5\nunit = "MOONS"',
            "unit must be one of SCHOOL_DAYS, WEEKS",
        ),
    ],
)
def test_a_broken_pack_says_where_and_changes_nothing(acting, tmp_path, broken, says):
    actor = acting("adam")
    (tmp_path / "a.toml").write_text((made.PACKS / "eastmere/standards.toml").read_text())
    (tmp_path / "b.toml").write_text(broken)

    with pytest.raises(Problem, match=says):
        packs.load(actor=actor, folder=tmp_path)

    assert not ServiceStandard.objects.exists()


def test_a_folder_without_a_pack_is_told(acting, tmp_path):
    with pytest.raises(Problem, match="holds no pack"):
        packs.load(actor=acting("adam"), folder=tmp_path)


def test_a_pack_stays_behind_its_councils_wall(acting):
    made.pack(acting("adam"))

    acting("nils")

    assert not Framework.objects.exists() and not ServiceStandard.objects.exists()
