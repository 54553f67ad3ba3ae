"""The tables of core, one module a noun."""

from alongside.core.models.audit import AuditEntry, AuditSeal, BreakGlass, Purpose, RowHistory
from alongside.core.models.council import Council, Place, PlaceKind
from alongside.core.models.desk import Draft, Notice, Reminders, Sent, StoredFile
from alongside.core.models.staff import Account, RoleAssignment, Staff

__all__ = [
    "Account",
    "AuditEntry",
    "AuditSeal",
    "BreakGlass",
    "Council",
    "Draft",
    "Notice",
    "Place",
    "PlaceKind",
    "Purpose",
    "Reminders",
    "RoleAssignment",
    "RowHistory",
    "Sent",
    "Staff",
    "StoredFile",
]
