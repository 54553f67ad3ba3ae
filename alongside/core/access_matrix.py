"""The access matrix: each role against the nine information classes, written as people read it.

W write own or allocated · R read within scope · A approve or decide · s only what is expressly
shared · f flag only · raise: may write one and read their own words · own: their own records.
A cell of `?` is read only by those individually cleared. `-` is none.
"""

from dataclasses import dataclass

from alongside.core.handling import InformationClass


@dataclass(frozen=True)
class Cell:
    """What one role may do with one class. Reading follows from writing or approving."""

    code: str

    @property
    def _marks(self) -> set[str]:
        return set(self.code.split())

    @property
    def may_write(self) -> bool:
        return "W" in self._marks

    @property
    def may_read(self) -> bool:
        return bool(self._marks & {"R", "W", "A"})

    @property
    def may_read_if_cleared(self) -> bool:
        return bool(self._marks & {"R?", "W?"})

    @property
    def may_approve(self) -> bool:
        return "A" in self._marks

    @property
    def may_raise(self) -> bool:
        return bool(self._marks & {"raise", "W"})

    @property
    def is_shared_only(self) -> bool:
        return "s" in self._marks and not self.may_read

    @property
    def is_flag_only(self) -> bool:
        return "f" in self._marks and not self.may_read


# One line a role, columns C1 to C9 in order. The label is the role's, as shown to people.
_TABLE = """
Outreach Worker                           | W   | W   | W   | R?  | raise f | W   | s   | own | R
SEMH Assistant                            | W   | W   | W   | s   | raise f | s   | -   | own | -
In-reach Lead Teacher                     | W   | W   | W   | R   | raise f | s   | -   | own | R
Lead Practitioner                         | W A | W A | W A | R   | raise f | R   | W   | W   | R
Assistant Headteacher (outreach)          | W A | W A | R A | R   | f       | R   | R   | W   | R
Headteacher or senior leader, PRU         | R A | R A | R   | R   | R?      | s   | R A | W   | R
SENDCo, PRU                               | W   | W   | W   | W   | f s     | s   | W   | W   | R
Tutor, teacher or assistant, PRU          | R   | R   | s   | s   | raise   | -   | -   | own | -
Designated safeguarding lead              | R   | R   | R   | R   | W A     | s   | -   | -   | R
Pupil reintegration caseworker            | W   | W   | W   | R   | raise W? | W  | W   | own | R
Casework supervisor                       | W A | W A | R A | R   | R?      | R   | W A | W   | R
Inclusion officer, council                | R   | R   | s   | s   | R?      | -   | W   | -   | R
Council SEND, admissions or fair access   | R   | R   | s   | R   | f       | -   | s   | -   | R
Headteacher or senior leader, mainstream  | W   | R   | s   | s   | -       | -   | own | -   | own
SENDCo, mainstream                        | W   | R   | s   | R   | f       | -   | -   | -   | own
Class teacher or assistant, mainstream    | R   | R   | s   | -   | raise   | -   | -   | -   | -
Alternative provision staff               | own | R   | s   | s   | raise   | -   | own | -   | own
External agency professional              | -   | s   | s   | s   | s       | -   | -   | -   | -
Panel member, chair or clerk              | -   | s   | s   | s   | -       | -   | s   | -   | R
Operational Group                         | R A | -   | -   | -   | -       | -   | W   | -   | R
Management Committee member               | R   | -   | -   | -   | -       | -   | -   | -   | R
Parent, carer or pupil                    | -   | s   | s   | s   | -       | own | -   | -   | -
Inspector or auditor                      | R   | s   | s   | -   | -       | -   | -   | -   | R
Data protection officer                   | R   | R   | R   | R   | R       | R   | R   | R   | R
System administrator                      | W   | -   | -   | -   | -       | -   | -   | -   | -
"""


# What a summary of a case leaves out of the casework and of the documents of health and SEND: all that
# is not expressly shared. The record itself, the plan and its targets are read as the role reads them.
IN_SUMMARY = {InformationClass.CASEWORK: Cell("s"), InformationClass.HEALTH_AND_SEND: Cell("s")}


def _read(table: str) -> dict[str, dict[InformationClass, Cell]]:
    matrix = {}
    for line in table.strip().splitlines():
        label, *codes = (part.strip() for part in line.split("|"))
        matrix[label] = {
            information_class: Cell("" if code == "-" else code)
            for information_class, code in zip(InformationClass, codes, strict=True)
        }
    return matrix


ACCESS_MATRIX = _read(_TABLE)
