"""What each role may do, and which information it may read. Who sees which record is `visible_to`."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.core.access_matrix import ACCESS_MATRIX, IN_SUMMARY, Cell
from alongside.core.handling import InformationClass


class Permission(StrEnum):
    """One kind of thing a role may do. A screen names the one it needs."""

    TODAY_VIEW = "see their own day"
    SEARCH = "search for a pupil or school"
    SCHOOL_VIEW = "see schools"
    SCHOOL_CALENDAR_EDIT = "change a school's terms and closures"
    SCHOOL_IMPORT = "load the register of schools"
    SCHOOL_EDIT = "change whom to reach at a school"
    SCHOOL_ASSIGN = "name a school's worker and its neighbourhood"
    PUPIL_VIEW = "open a pupil's record"
    PUPIL_EDIT = "change who a pupil is and who is around them"
    PUPIL_IMPORT = "load a class list"
    PUPIL_MERGE = "merge two records of one pupil"
    ACCESS_LOG_VIEW = "see who has looked at a pupil's record"
    BREAK_GLASS = "open a record out of hours, with a reason"
    PURPOSE_GIVE = "open any record for a purpose that is kept with each look"
    CONCERN_RAISE = "raise a concern"
    CONCERN_READ = "read concerns of their setting"
    CHRONOLOGY_WRITE = "write to the chronology"
    FRAMEWORK_VIEW = "see inclusion frameworks"
    FRAMEWORK_EDIT = "change inclusion frameworks"
    REFERRAL_MAKE = "refer a pupil"
    REFERRAL_VIEW = "see referrals"
    REFERRAL_SCREEN = "screen referrals against the criteria"
    COMPARE = "compare neighbourhoods"
    CASE_VIEW = "see cases"
    CASE_ALLOCATE = "allocate cases"
    DEADLINE_ASSIGN = "see a team's deadlines and give them to its people"
    CASE_WORK = "work on a case"
    CASE_CLOSE = "close a case"
    TEAM_COORDINATE = "announce to the team and give out its tasks"
    ASSESSMENT_RECORD = "record needs, measures and the child's words"
    PLAN_VIEW = "see plans"
    PLAN_WRITE = "write plans"
    PLAN_APPROVE = "approve plans"
    PLAN_AGREE = "agree a plan for the school"
    SESSION_RECORD = "record sessions and daily logs"
    REVIEW_RECORD = "record reviews"
    DOCUMENT_MAKE = "make reports and letters"
    REPORT_READ = "read a closure report, or their school’s copy of it"
    REPORT_APPROVE = "approve reports before they are shared"
    EXPORT = "download lists"
    STAFF_VIEW = "see who works here and in which role"
    STAFF_EDIT = "give and end roles"
    AUDIT_VIEW = "read the audit trail"
    SETTINGS_VIEW = "see how the service is configured"
    PLAN_TYPE_SWITCH = "switch kinds of plan on and off"
    OWN_RULES_EDIT = "set the council's own scales, rhythms and standards"


class Scope(StrEnum):
    """What limits a role's view of pupils and cases."""

    ALLOCATED = "pupils allocated to, deployed to or shared with them by name"
    PLACE = "pupils referred to or worked with by their service or neighbourhood"
    ROLL = "pupils on the roll of their school"
    COUNCIL = "every pupil the council works with"
    PURPOSE = "any pupil the council works with, once a purpose is given"
    NONE = "no pupil by name"


class Role(StrEnum):
    """A row of the access matrix. The key is fixed; councils may show another label."""

    OUTREACH_WORKER = "outreach_worker"
    SEMH_ASSISTANT = "semh_assistant"
    INREACH_LEAD_TEACHER = "inreach_lead_teacher"
    LEAD_PRACTITIONER = "lead_practitioner"
    OUTREACH_MANAGER = "outreach_manager"
    PRU_HEADTEACHER = "pru_headteacher"
    PRU_SENDCO = "pru_sendco"
    PRU_TEACHER = "pru_teacher"
    DSL = "dsl"
    CASEWORKER = "caseworker"
    CASEWORK_SUPERVISOR = "casework_supervisor"
    INCLUSION_OFFICER = "inclusion_officer"
    COUNCIL_SEND = "council_send"
    SCHOOL_HEADTEACHER = "school_headteacher"
    SCHOOL_SENDCO = "school_sendco"
    SCHOOL_TEACHER = "school_teacher"
    AP_PROVIDER = "ap_provider"
    AGENCY_PROFESSIONAL = "agency_professional"
    PANEL_MEMBER = "panel_member"
    OPERATIONAL_GROUP = "operational_group"
    COMMITTEE_MEMBER = "committee_member"
    FAMILY = "family"
    INSPECTOR = "inspector"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SYSTEM_ADMINISTRATOR = "system_administrator"


@dataclass(frozen=True)
class RoleDescription:
    """A role as shown to people, and what it may do."""

    label: str
    description: str
    scope: Scope
    permissions: frozenset[Permission]
    # Works for a school or provider, and so reads of the service's work what is shared with it.
    is_of_a_school: bool = False
    # Reads of a pupil the passport (brief, 2b), and so of the work what is shared, and their own.
    reads_passport_only: bool = False
    # Held in a school, it reaches that school's roll, beside what its service works with.
    leads_a_school: bool = False
    # Held elsewhere than in a school, it reads cases as a summary (brief, 2b).
    reads_summary_outside: bool = False

    @property
    def cells(self) -> dict[InformationClass, Cell]:
        return ACCESS_MATRIX[self.label]

    def is_summary_in(self, place_kind: str) -> bool:
        return self.reads_summary_outside and place_kind != "SCHOOL"

    def cells_in(self, place_kind: str) -> dict[InformationClass, Cell]:
        return self.cells | IN_SUMMARY if self.is_summary_in(place_kind) else self.cells


_P = Permission
_EVERYONE = {_P.TODAY_VIEW, _P.SEARCH, _P.SCHOOL_VIEW, _P.CONCERN_RAISE}
_READS_CASES = {_P.PUPIL_VIEW, _P.CASE_VIEW, _P.REFERRAL_VIEW, _P.PLAN_VIEW, _P.FRAMEWORK_VIEW}
_WORKS_CASES = _READS_CASES | {
    _P.BREAK_GLASS,
    _P.CHRONOLOGY_WRITE,
    _P.CASE_WORK,
    _P.ASSESSMENT_RECORD,
    _P.PLAN_WRITE,
    _P.SESSION_RECORD,
    _P.REVIEW_RECORD,
    _P.DOCUMENT_MAKE,
    _P.REPORT_READ,
    _P.PUPIL_EDIT,
    _P.EXPORT,
}
_LEADS_CASES = _WORKS_CASES | {
    _P.CASE_CLOSE,
    _P.TEAM_COORDINATE,
    _P.REFERRAL_SCREEN,
    _P.ACCESS_LOG_VIEW,
    _P.SCHOOL_EDIT,
}
_MANAGES = _LEADS_CASES | {
    _P.CASE_ALLOCATE,
    _P.COMPARE,
    _P.DEADLINE_ASSIGN,
    _P.PLAN_APPROVE,
    _P.REPORT_APPROVE,
    _P.PUPIL_MERGE,
    _P.PUPIL_IMPORT,
    _P.STAFF_VIEW,
    _P.SCHOOL_CALENDAR_EDIT,
    _P.SCHOOL_ASSIGN,
    _P.FRAMEWORK_EDIT,
    _P.OWN_RULES_EDIT,
}
_SCHOOL = {
    _P.PUPIL_VIEW,
    _P.REFERRAL_MAKE,
    _P.REFERRAL_VIEW,
    _P.CASE_VIEW,
    _P.PLAN_VIEW,
    _P.PLAN_AGREE,
    _P.REPORT_READ,
    _P.FRAMEWORK_VIEW,
    _P.PUPIL_IMPORT,
    _P.SCHOOL_CALENDAR_EDIT,
    _P.SCHOOL_EDIT,
}


def _role(
    label: str,
    description: str,
    scope: Scope,
    *permissions: set[Permission],
    is_of_a_school: bool = False,
    reads_passport_only: bool = False,
    leads_a_school: bool = False,
    reads_summary_outside: bool = False,
) -> RoleDescription:
    may = frozenset(_EVERYONE.union(*permissions))
    return RoleDescription(
        label,
        description,
        scope,
        may,
        is_of_a_school,
        reads_passport_only,
        leads_a_school,
        reads_summary_outside,
    )


ROLES: dict[Role, RoleDescription] = {
    Role.OUTREACH_WORKER: _role(
        "Outreach Worker",
        "Works with secondary pupils and their schools from the pupil referral unit.",
        Scope.ALLOCATED,
        _LEADS_CASES,
    ),
    Role.SEMH_ASSISTANT: _role(
        "SEMH Assistant",
        "Works beside primary pupils in the schools they are deployed to.",
        Scope.ALLOCATED,
        _READS_CASES,
        {
            _P.CHRONOLOGY_WRITE,
            _P.CASE_WORK,
            _P.ASSESSMENT_RECORD,
            _P.SESSION_RECORD,
            _P.PLAN_WRITE,
            _P.REVIEW_RECORD,
        },
    ),
    Role.INREACH_LEAD_TEACHER: _role(
        "In-reach Lead Teacher",
        "Teaches pupils in turnaround or in-reach.",
        Scope.ALLOCATED,
        _WORKS_CASES,
    ),
    Role.LEAD_PRACTITIONER: _role(
        "Lead Practitioner",
        "Leads the primary service in one neighbourhood.",
        Scope.PLACE,
        _MANAGES,
    ),
    Role.OUTREACH_MANAGER: _role(
        "Assistant Headteacher (outreach)",
        "Manages the outreach workers and allocates their cases.",
        Scope.PLACE,
        _MANAGES,
    ),
    Role.PRU_HEADTEACHER: _role(
        "Headteacher or senior leader, PRU",
        "Leads the pupil referral unit: its roll whole, outreach cases as a summary.",
        Scope.PLACE,
        _READS_CASES,
        {_P.PLAN_APPROVE, _P.REPORT_APPROVE, _P.COMPARE, _P.STAFF_VIEW},
        {_P.DOCUMENT_MAKE, _P.REPORT_READ, _P.EXPORT},
        leads_a_school=True,
        reads_summary_outside=True,
    ),
    Role.PRU_SENDCO: _role(
        "SENDCo, PRU",
        "Co-ordinates SEND for pupils on the unit's roll; outreach pupils by invitation.",
        Scope.ROLL,
        _WORKS_CASES,
        {_P.DEADLINE_ASSIGN, _P.FRAMEWORK_EDIT},
    ),
    Role.PRU_TEACHER: _role(
        "Tutor, teacher or assistant, PRU",
        "Teaches or supports pupils of the unit.",
        Scope.ALLOCATED,
        {_P.PUPIL_VIEW, _P.PLAN_VIEW, _P.SESSION_RECORD},
        reads_passport_only=True,
    ),
    Role.DSL: _role(
        "Designated safeguarding lead",
        "Receives concerns about pupils of one setting.",
        Scope.ROLL,
        _READS_CASES,
        {_P.CONCERN_READ, _P.CHRONOLOGY_WRITE},
    ),
    Role.CASEWORKER: _role(
        "Pupil reintegration caseworker",
        "Works for the council with schools and families of an area.",
        Scope.PLACE,
        _LEADS_CASES,
    ),
    Role.CASEWORK_SUPERVISOR: _role(
        "Casework supervisor",
        "Supervises the council's caseworkers and allocates their cases.",
        Scope.PLACE,
        _MANAGES,
    ),
    Role.INCLUSION_OFFICER: _role(
        "Inclusion officer, council",
        "Oversees pupils notified to the council.",
        Scope.COUNCIL,
        _READS_CASES,
        {_P.STAFF_VIEW, _P.COMPARE},
    ),
    Role.COUNCIL_SEND: _role(
        "Council SEND, admissions or fair access",
        "Works with pupils in a statutory process.",
        Scope.ALLOCATED,
        _READS_CASES,
    ),
    Role.SCHOOL_HEADTEACHER: _role(
        "Headteacher or senior leader, mainstream",
        "Leads a school the service works with.",
        Scope.ROLL,
        _SCHOOL,
        is_of_a_school=True,
    ),
    Role.SCHOOL_SENDCO: _role(
        "SENDCo, mainstream",
        "Refers pupils and holds the school's part of the plan.",
        Scope.ROLL,
        _SCHOOL,
        is_of_a_school=True,
    ),
    Role.SCHOOL_TEACHER: _role(
        "Class teacher or assistant, mainstream",
        "Teaches a pupil while the case is open.",
        Scope.ALLOCATED,
        {_P.PUPIL_VIEW, _P.PLAN_VIEW, _P.SESSION_RECORD},
        is_of_a_school=True,
    ),
    Role.AP_PROVIDER: _role(
        "Alternative provision staff",
        "Teaches pupils placed with them, while placed.",
        Scope.ALLOCATED,
        {_P.PUPIL_VIEW, _P.PLAN_VIEW},
        is_of_a_school=True,
    ),
    Role.AGENCY_PROFESSIONAL: _role(
        "External agency professional",
        "Invited to one case for a time.",
        Scope.ALLOCATED,
        {_P.PUPIL_VIEW, _P.PLAN_VIEW},
    ),
    Role.PANEL_MEMBER: _role(
        "Panel member, chair or clerk",
        "Decides cases on an agenda.",
        Scope.NONE,
    ),
    Role.OPERATIONAL_GROUP: _role(
        "Operational Group",
        "Steers the neighbourhood service.",
        Scope.NONE,
        {_P.FRAMEWORK_VIEW, _P.COMPARE},
    ),
    Role.COMMITTEE_MEMBER: _role(
        "Management Committee member",
        "Governs the pupil referral unit.",
        Scope.NONE,
    ),
    Role.FAMILY: RoleDescription(
        "Parent, carer or pupil",
        "Receives documents; does not sign in.",
        Scope.NONE,
        frozenset(),
    ),
    Role.INSPECTOR: _role(
        "Inspector or auditor",
        "Reads an evidence folder opened for them.",
        Scope.NONE,
    ),
    Role.DATA_PROTECTION_OFFICER: _role(
        "Data protection officer",
        "Answers for every record, for a logged purpose.",
        Scope.PURPOSE,
        _READS_CASES,
        {
            _P.PURPOSE_GIVE,
            _P.REPORT_READ,
            _P.ACCESS_LOG_VIEW,
            _P.AUDIT_VIEW,
            _P.PUPIL_MERGE,
            _P.STAFF_VIEW,
            _P.EXPORT,
        },
    ),
    Role.SYSTEM_ADMINISTRATOR: _role(
        "System administrator",
        "Configures the service. Sees no pupil.",
        Scope.NONE,
        {
            _P.SCHOOL_IMPORT,
            _P.SCHOOL_EDIT,
            _P.SCHOOL_ASSIGN,
            _P.SCHOOL_CALENDAR_EDIT,
            _P.FRAMEWORK_VIEW,
            _P.FRAMEWORK_EDIT,
            _P.STAFF_VIEW,
            _P.STAFF_EDIT,
            _P.SETTINGS_VIEW,
            _P.PLAN_TYPE_SWITCH,
            _P.OWN_RULES_EDIT,
        },
    ),
}
