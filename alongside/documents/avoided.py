"""How a person not to be contacted may stand in words: by name, telephone or e-mail, however typed.

Whole words only: an "Al" is not in "Chalkhill". A part of a name that is also the pupil's, another
carer's, the school's or a worker's is not theirs alone, and stays. Must not know who is asking.
"""

import re
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.rules.names import normalise

JOINED = r"[\s‐-―(),.-]+"  # Between two words of a name: spaces, hyphens of any kind, brackets.
IN_NUMBER = r"[\s‐-―().-]*"
TITLE = r"(?:(?:mr|mrs|ms|miss|mx|dr)\b\.?\s+)"
SHORT = 5  # So short a name may be a word of the language: "will", "may". It counts with a capital.
LEAST_FIGURES = 6
# Who somebody is to the child, beside a name: "Dad (Karl)". By itself it may be another's.
KIN = {"dad", "father", "mum", "mother", "step", "partner", "gran", "grandad", "uncle", "aunt"}
NO_DAY_BEFORE = r"(?<!(?<!\d)\d\s)(?<!(?<!\d)\d\d\s)(?<!\d(?:st|nd|rd|th)\s)"
MONTHS = {month.lower() for month in month_name if month}


@dataclass(frozen=True)
class Avoided:
    name: str
    phone: str = ""
    email: str = ""


def pattern_of(avoided: Iterable[Avoided], others: Iterable[str]) -> re.Pattern[str] | None:
    """What is to be found in words. `others` are the names, telephones and e-mails of everybody else."""
    listed = list(others)
    known = {word for name in listed for word in normalise(name).split()}
    numbers = {_figures(one) for other in listed for one in _numbers(other)}
    mails = {other.lower() for other in listed}
    whole: list[str] = []
    alone: list[str] = []
    for one in avoided:
        named = re.sub(rf"^{TITLE}", "", one.name.strip(), flags=re.IGNORECASE)
        named = named.title() if named.islower() else named
        parts = [part for part in (p.strip("(),.") for p in named.split()) if part]
        whole += _in_full(parts, end=r"\)?" if "(" in named else "")
        whole += [_number(n) for n in _numbers(one.phone) if _figures(n) not in numbers]
        whole += [_mail(one.email)] if one.email and one.email.lower() not in mails else []
        alone += [_alone(said) for said in _shorter(parts) if not known.issuperset(_parts(said))]
    found = [*whole, *alone]  # Where both would do, "Karl Hay" goes as one, not as two.
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _in_full(parts: list[str], end: str) -> list[str]:
    """First and last name, with the names between them or without."""
    return [
        rf"(?<!\w){TITLE}?{_words([parts[0], *parts[start:]])}(?!\w){end}"
        for start in range(1, len(parts))
    ]


def _shorter(parts: list[str]) -> list[list[str]]:
    """The first name by itself, and the last name: "Wexford Hay", and "Hay"."""
    if len(parts) < 2:
        return [parts]
    found = [parts[:1], *(parts[start:] for start in range(1, len(parts)))]
    return [said for said in found if all(_is_name(part) for part in said)]


def _is_name(part: str) -> bool:
    words = set(normalise(part).split())
    return part[0].isupper() and not words & KIN and not re.search(r"['’]s$", part)


def _parts(said: list[str]) -> list[str]:
    return normalise(" ".join(said)).split()


def _alone(parts: list[str]) -> str:
    """A first name or a last name by itself, and no half of a double one."""
    body = any_case = _words(parts)
    word = " ".join(parts)
    if len(word) <= SHORT:
        body = f"(?-i:{re.escape(word[0].upper())}){_words([word[1:]])}"
    if word.lower() in MONTHS:
        body = rf"{NO_DAY_BEFORE}{body}(?!\s\d)"
    return rf"(?<!\w)(?<!\w[‐-―-])(?:{TITLE}{any_case}|{body})(?![‐-―-]?\w)"


def _words(parts: list[str]) -> str:
    words = [word for part in parts for word in re.split(JOINED, part) if word]
    return JOINED.join(re.sub(r"['’`]", "['’`]?", re.escape(word)) for word in words)


def _numbers(phone: str) -> list[str]:
    """A box may hold two: "07700 900123 or 01632 960001"."""
    parts = re.split(r"[/,;]|\bor\b", phone)
    return [part for part in parts if len(_figures(part)) >= LEAST_FIGURES]


def _figures(number: str) -> str:
    """Without what stands before it at home or from abroad: 7700900123."""
    plain = re.sub(r"[^\d+]", "", number.replace("(0)", ""))
    return re.sub(r"^(?:\+44|0044|0)0?", "", plain).lstrip("+")


def _number(number: str) -> str:
    before = rf"(?:(?:\+|00)44{IN_NUMBER}(?:0{IN_NUMBER})?|\(?0{IN_NUMBER})?"
    return rf"(?<![\d+]){before}{IN_NUMBER.join(_figures(number))}(?!\d)"


def _mail(email: str) -> str:
    parts = re.split(r"([@.])", email.strip())
    typed = (
        rf"\s*{re.escape(part)}\s*" if part in ("@", ".") else re.escape(part) for part in parts
    )
    return rf"(?<![\w+.-]){''.join(typed)}(?![\w-])"
