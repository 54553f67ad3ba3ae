"""What roles may do, where the job descriptions draw a line."""

import pytest

from alongside.core.decisions import Refused
from alongside.core.handling import InformationClass
from alongside.core.permissions import ROLES, Permission, Role, Scope

P = Permission


def may(role: Role) -> frozenset[Permission]:
    return ROLES[role].permissions


@pytest.mark.duty("OW-19")
@pytest.mark.django_db
def test_an_outreach_worker_approves_reassigns_and_reads_no_staff_file(acting, signed_in, cast):
    asha = acting("asha")

    for permission in (P.PLAN_APPROVE, P.CASE_ALLOCATE, P.STAFF_VIEW, P.STAFF_EDIT):
        assert not asha.may(permission), permission
    assert not any(cell.may_approve for c in InformationClass for cell in asha.cells(c))
    assert InformationClass.STAFF not in asha.reads
    assert signed_in("asha").get(f"/staff/{cast.staff['omar']}/").status_code == 403


@pytest.mark.django_db
def test_an_outreach_worker_cannot_allocate_a_case_by_any_way_in(db, cast, acting, signed_in):
    from alongside.cases import actions
    from alongside.people.models import Capacity
    from tests import world as the_world

    world = the_world.build(cast).own
    asha = acting("asha")

    with pytest.raises(Refused):
        actions.allocate(
            actor=asha,
            case=world["case"],
            staff=world.staff("omar"),
            capacity=Capacity.LEAD,
            starts_on=asha.today,
        )


@pytest.mark.parametrize("role", [Role.OUTREACH_MANAGER, Role.LEAD_PRACTITIONER])
def test_whoever_manages_approves_and_allocates(role):
    assert {P.PLAN_APPROVE, P.CASE_ALLOCATE, P.STAFF_VIEW} <= may(role)
    assert P.STAFF_EDIT not in may(role)


def test_only_the_system_administrator_gives_roles():
    assert {role for role in Role if P.STAFF_EDIT in may(role)} == {Role.SYSTEM_ADMINISTRATOR}


def test_the_system_administrator_sees_no_pupil():
    administrator = ROLES[Role.SYSTEM_ADMINISTRATOR]

    assert administrator.scope is Scope.NONE
    assert not {P.PUPIL_VIEW, P.CASE_VIEW, P.REFERRAL_VIEW, P.PLAN_VIEW} & may(
        Role.SYSTEM_ADMINISTRATOR
    )


def test_only_the_data_protection_officer_reads_the_audit_trail():
    assert {role for role in Role if P.AUDIT_VIEW in may(role)} == {Role.DATA_PROTECTION_OFFICER}


def test_everyone_who_signs_in_can_raise_a_concern_and_few_read_them():
    assert all(P.CONCERN_RAISE in may(role) for role in Role if role is not Role.FAMILY)
    assert {role for role in Role if P.CONCERN_READ in may(role)} == {Role.DSL}


def test_nobody_of_a_family_signs_in():
    assert may(Role.FAMILY) == frozenset()


def test_schools_refer_and_never_screen():
    for role in (Role.SCHOOL_HEADTEACHER, Role.SCHOOL_SENDCO):
        assert P.REFERRAL_MAKE in may(role)
        assert P.REFERRAL_SCREEN not in may(role)


def test_members_and_panels_see_no_pupil_by_name():
    for role in (Role.COMMITTEE_MEMBER, Role.OPERATIONAL_GROUP, Role.PANEL_MEMBER, Role.INSPECTOR):
        assert ROLES[role].scope is Scope.NONE
        assert P.PUPIL_VIEW not in may(role)


def test_every_role_tells_people_what_it_is():
    for role in Role:
        assert ROLES[role].label and ROLES[role].description.endswith(".")
