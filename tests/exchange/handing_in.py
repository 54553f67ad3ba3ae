"""Hands in, tells and applies a class list, as the tests of imports do again and again."""

from alongside.core.actor import acting_as_system
from alongside.exchange import lists
from alongside.exchange.pupil_files import read_pupils
from alongside.exchange.pupils import compare
from alongside.people.actions import class_list

ROBIN = "Robin,Testerly,14/03/2013,,9,9B,,"


def csv(*lines, head="Forename,Surname,DOB,UPN,Year,Reg,Postcode,Parent 1 Name"):
    return "\n".join([head, *lines]).encode()


def told(school, content, name="class.csv"):
    with acting_as_system("991") as actor:
        return list(compare(actor, school, read_pupils(name, content, today=actor.today)))


def handed_in(school, content, name="class.csv"):
    with acting_as_system("991") as actor:
        found = lists.hand_in(actor=actor, school=school, name=name, content=content)
        return lists.read_list(actor=actor, pupil_list=found)


def applied(school, content):
    found = handed_in(school, content)
    return apply(found)


def apply(found):
    with acting_as_system("991") as actor:
        class_list.begin_applying(actor=actor, pupil_list=found)
        while class_list.apply_part(actor=actor, list_id=found.pk):
            pass
        found.refresh_from_db()
    return found


def outcomes(school, content):
    return {row.line: row.outcome for row in told(school, content)}
