"""Finds pupils in the actor's scope by name, misspelt name, number or birthday; and schools."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from alongside.core.actor import Actor
from alongside.people.models import Pupil, reasons
from alongside.rules import names
from alongside.schools.models import School

LEAST_LETTERS = 2
URN_DIGITS = 6
LEAST_TO_GUESS = 4  # Shorter words are too like each other.
# So many of one name are looked up by number; more are looked for among the actor's own pupils.
MOST_NAMED = 300
FIELDS = (
    "id", "upn", "former_upn", "legal_forename", "legal_surname", "preferred_forename",
    "preferred_surname", "born_on", "year_group", "search_name",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What somebody typed, understood: any of a name, a birthday and a number."""

    words: str = ""
    born_on: date | None = None
    upn: str = ""

    @property
    def tokens(self) -> list[str]:
        return names.sought(self.words)

    def __bool__(self) -> bool:
        return bool(self.born_on or self.upn or any(len(t) >= LEAST_LETTERS for t in self.tokens))


@dataclass(frozen=True)
class _Named:
    """The words asked for, as the index of words is asked."""

    starts: str  # Each begins a word of the name.
    whole: str  # Each is a word of the name.
    words: list[str]  # Which a name is nearer for having whole.


# What is asked of pupils, `v`. Their school is read for those that are shown alone.
SHOWN = """
    SELECT {columns}, (
      SELECT s.name FROM people_enrolment e JOIN schools_school s ON s.id = e.school_id
      WHERE e.pupil_id = v.id AND e.status IN ('C', 'M') AND e.starts_on <= %s
        AND (e.ends_on IS NULL OR e.ends_on >= %s)
      ORDER BY e.id LIMIT 1) AS school_name
    FROM {among} v WHERE {condition}
    ORDER BY (SELECT count(*) FROM unnest(%s::text[]) w
              WHERE w = ANY(string_to_array(v.search_name, ' '))) DESC,
      v.legal_surname, v.legal_forename, v.id
    LIMIT %s
"""
COLUMNS = ", ".join(f"v.{name}" for name in FIELDS)
OWN = "SELECT p.* FROM own JOIN people_pupil p ON p.id = own.pupil_id OFFSET 0"
# That it is not blank is said aloud: the indexes leave blank numbers out.
HAS_NUMBER = "(v.upn = %s AND v.upn <> '' OR v.former_upn = %s AND v.former_upn <> '')"
HAS_WORDS = "array_to_tsvector(string_to_array(v.search_name, ' ')) @@ %s::tsquery"


def find_pupils(actor: Actor, wanted: Wanted, most: int = 8) -> list[Pupil]:
    """The nearest first, each with `school_name`.

    One query. A second, when there are more of the name than can be looked up by number, or when
    nobody is named so, for those named nearly so.
    """
    if not wanted:
        return []
    tokens = wanted.tokens
    guessed = [token for token in tokens if len(token) >= LEAST_TO_GUESS]
    found, near = _find(actor, wanted, _asked(tokens), most, guessed)
    if not found and guessed:
        pairs = near or _rows("SELECT * FROM sec.names_near(%s)", [guessed])
        found, _ = _find(actor, wanted, _guessed(tokens, pairs), most, [])
    return found


def _find(
    actor: Actor, wanted: Wanted, named: _Named, most: int, guessed: list[str]
) -> tuple[list[Pupil], list[tuple[str, str]]]:
    """The pupils; or, when nobody at all has the name, words of names near to those guessed."""
    if wanted.upn or wanted.born_on:
        return _by_fact(actor, wanted, named, most), []
    found, is_all, near = _by_name(actor, named, most, guessed)
    if is_all or len(found) == most:
        return found, near
    return _among_own(actor, named, most), []


def _by_fact(actor: Actor, wanted: Wanted, named: _Named, most: int) -> list[Pupil]:
    """By a number or a birthday, which few share; of these, the ones with the words."""
    asked: list[tuple[str, list[object]]] = []
    if wanted.upn:
        asked.append((HAS_NUMBER, [wanted.upn, wanted.upn]))
    if wanted.born_on:
        asked.append(("v.born_on = %s", [wanted.born_on]))
    if named.starts:
        asked.append((HAS_WORDS, [named.starts]))
    told = [value for _, values in asked for value in values]
    condition, told = _in_scope(actor, " AND ".join(sql for sql, _ in asked), told)
    sql = SHOWN.format(columns=COLUMNS, among="people_pupil", condition=condition)
    return _pupils(sql, [actor.today, actor.today, *told, named.words, most])


def _by_name(
    actor: Actor, named: _Named, most: int, guessed: list[str]
) -> tuple[list[Pupil], bool, list[tuple[str, str]]]:
    """Those of the name who are in scope; whether these were all of the name; and what is near."""
    condition, told = _in_scope(actor, "v.id = ANY(n.ids)", [])
    shown = SHOWN.format(columns=COLUMNS, among="people_pupil", condition=condition)
    rows = _rows(
        "SELECT n.is_all, n.near, p.* FROM sec.pupils_named(%s, %s, %s, %s) n"
        f" LEFT JOIN LATERAL ({shown}) p ON true",
        [named.starts, named.whole, MOST_NAMED, guessed, actor.today, actor.today, *told]
        + [named.words, most],
    )
    is_all, near = rows[0][:2]
    found = [_pupil(row[2:]) for row in rows if row[2] is not None]
    return found, is_all, [tuple(pair) for pair in json.loads(near or "[]")]


def _among_own(actor: Actor, named: _Named, most: int) -> list[Pupil]:
    """The other way about: of the pupils in scope, gathered by the reasons why, those of the name."""
    parts = _reasons(actor)
    gathered = " UNION ".join(
        ["SELECT unnest(%s::bigint[]) AS pupil_id", *(sql for sql, _ in parts)]
    )
    values = [list(actor.opened_pupil_ids), *(value for _, told in parts for value in told)]
    among = f"({OWN})" if parts else "people_pupil"
    condition = f"v.merged_into_id IS NULL AND {HAS_WORDS}"
    sql = SHOWN.format(columns=COLUMNS, among=among, condition=condition)
    told = [*values, actor.today, actor.today, named.starts, named.words, most]
    return _pupils(f"WITH own AS MATERIALIZED ({gathered}) {sql}", told)


def _in_scope(actor: Actor, condition: str, told: list[Any]) -> tuple[str, list[Any]]:
    """The condition, and that the pupil is in scope: each is asked for by itself, for they are few."""
    parts = _reasons(actor)
    ways = ["v.id = ANY(%s::bigint[])"]
    ways += [f"EXISTS (SELECT 1 FROM ({sql}) r WHERE r.pupil_id = v.id)" for sql, _ in parts]
    scope = f"({' OR '.join(ways)})" if parts else "cardinality(%s::bigint[]) >= 0"
    values = [list(actor.opened_pupil_ids), *(value for _, given in parts for value in given)]
    return f"v.merged_into_id IS NULL AND {condition} AND {scope}", [*told, *values]


@lru_cache(maxsize=256)
def _reasons(actor: Actor) -> list[tuple[str, tuple[Any, ...]]]:
    """Why pupils are in scope, as SQL; none for who sees everybody. The same as `visible_to`, and
    made once for all that one person asks with the same roles in a day.
    """
    if actor.reach.is_everything:
        return []
    return [reason.values("pupil_id").query.sql_with_params() for reason in reasons(actor.reach)]


def _pupils(sql: str, parameters: list[Any]) -> list[Pupil]:
    return [_pupil(row) for row in _rows(sql, parameters)]


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _pupil(row: tuple[Any, ...]) -> Pupil:
    pupil = Pupil.from_db(connection.alias, FIELDS, row[:-1])
    pupil.school_name = row[-1]  # type: ignore[attr-defined]
    return pupil


# Words as the index of words is asked


def _asked(tokens: list[str]) -> _Named:
    """Every word begins one of the name's; two may be one there: `o brien` is filed as obrien."""
    joined = [
        [*tokens[:at], tokens[at] + tokens[at + 1], *tokens[at + 2 :]]
        for at in range(len(tokens) - 1)
    ]
    starts = " | ".join(" & ".join(f"{_quoted(t)}:*" for t in each) for each in [tokens, *joined])
    return _Named(starts, " & ".join(map(_quoted, tokens)), tokens)


def _guessed(tokens: list[str], pairs: Iterable[tuple[Any, ...]]) -> _Named:
    """The same with the words of the council's names that each may be a slip of, or two in one."""
    words: dict[str, list[str]] = defaultdict(list)
    for token, word in pairs:
        words[token].append(word)
    meant = {token: names.nearest(token, found) for token, found in words.items()}
    either = [
        [f"{_quoted(token)}:*", *map(_quoted, meant.get(token, ())), *_halves(token)]
        for token in tokens
    ]
    starts = " & ".join(f"({' | '.join(each)})" for each in either)
    return _Named(starts, starts, [word for found in meant.values() for word in found[:1]])


def _halves(token: str) -> list[str]:
    """A hyphen left out: `robinlee` may be robin and lee."""
    cuts = range(LEAST_LETTERS, len(token) - LEAST_LETTERS + 1)
    return [f"({_quoted(token[:at])} & {_quoted(token[at:])}:*)" for at in cuts][:40]


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


# Schools

SCHOOLS = """
    SELECT id, name, town FROM schools_school WHERE search_name LIKE ALL(%s)
    ORDER BY status, strpos(search_name, %s), name, id LIMIT %s
"""


def find_schools(wanted: Wanted, most: int = 5) -> list[School]:
    """Schools of the council by URN or by name; those that begin with the words first. One query."""
    tokens = wanted.tokens
    if not any(len(token) >= LEAST_LETTERS for token in tokens):
        return []
    if tokens[0].isdecimal() and len(tokens[0]) == URN_DIGITS:
        return list(School.objects.filter(urn=tokens[0]).only("id", "name", "town")[:most])
    patterns = [f"%{_plain(token)}%" for token in tokens]
    rows = _rows(SCHOOLS, [patterns, " ".join(tokens), most])
    return [School.from_db(connection.alias, ("id", "name", "town"), row) for row in rows]


def _plain(token: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", token)
