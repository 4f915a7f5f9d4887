"""What would happen: which rows are ready, which wait for an answer, and what is asked. Nothing is changed here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from desk.imports.columns import Kind
from desk.imports.matching import Known, Person
from desk.imports.names import fold, split
from desk.imports.parsing.records import BalanceRow, ClientRow, CoverageRow, Parsed, SessionRow, Who

SKIP: Final = "skip"
NEW: Final = "new"
EVERYBODY: Final = "everybody"
_MOST_OFFERED: Final = 6


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can say, with the answers to choose from and the rows that wait for it."""

    key: str
    words: str
    options: tuple[tuple[str, str], ...]
    rows: int = 1
    row: int = 0
    about: str = "person"


@dataclass(frozen=True, slots=True)
class Target:
    """Who somebody of the file is here: on file (`pk`), to be added (`is_new`), left out, or not known yet.

    `same_as` names another row of the file that is the same person.
    """

    pk: int | None = None
    is_new: bool = False
    is_left: bool = False
    name: tuple[str, str] | None = None
    same_as: int = 0

    @property
    def is_open(self) -> bool:
        """Whether a person has still to say it."""
        return self.pk is None and not (self.is_new or self.is_left or self.same_as)


_OPEN: Final = Target()
_LEFT: Final = Target(is_left=True)


@dataclass
class Plan:
    """Who is who, and what is asked."""

    parsed: Parsed
    clients: Known
    clinicians: Known
    answers: Mapping[str, str]
    questions: dict[str, Question] = field(default_factory=dict)
    rows: dict[int, Target] = field(default_factory=dict)
    keys: dict[str, Target] = field(default_factory=dict)
    team: dict[str, Target] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)
    named: dict[str, set[int]] = field(default_factory=dict)
    first_days: dict[str, dt.date] = field(default_factory=dict)

    def client_of(self, row: CoverageRow | SessionRow | BalanceRow) -> Target:
        """The client of a row: of the same line where it holds one, else by what it calls them."""
        if row.row in self.rows:
            return self.rows[row.row]
        return self.keys.get(row.client.key, _OPEN)

    def clinician_of(self, who: Who) -> Target:
        """The clinician whom a row names."""
        return self.team.get(who.key, _OPEN) if who else _LEFT

    def unknown_people(self) -> list[Who]:
        """Clients whom rows name without a row of their own, in the order of the file."""
        named = (row.client for kind in (Kind.COVERAGE, Kind.SESSIONS, Kind.BALANCES) for row in self._alone(kind))
        own = {row.who.key for row in self.parsed.clients}
        found = {who.key: who for who in reversed(list(named)) if who and who.key not in own}
        return list(found.values())[::-1]

    def unknown_team(self) -> list[Who]:
        """Clinicians whom rows name, in the order of the file."""
        rows: Iterable[Who] = (
            *(row.clinician for row in self.parsed.sessions),
            *(row.clinician for row in self.parsed.balances),
            *(row.clinician for row in self.parsed.clients),
        )
        own = {row.who.key for row in self.parsed.clinicians}
        return [who for who in {who.key: who for who in rows if who}.values() if who.key not in own]

    def _alone(self, kind: str) -> list[CoverageRow | SessionRow | BalanceRow]:
        own = {row.row for row in self.parsed.clients}
        return [row for row in self.parsed.of_kind(kind) if row.row not in own]


def plan(parsed: Parsed, clients: Known, clinicians: Known, answers: Mapping[str, str]) -> Plan:
    """Says of everybody in the file who they are here, and asks where that is not certain."""
    found = Plan(parsed, clients, clinicians, answers)
    _count_names(found)
    for question in parsed.dates:
        _ask_date(found, question.column, question.header, question.example)
    for row in parsed.clinicians:
        found.team[row.who.key] = _clinician_row(found, row.who)
    for who in found.unknown_team():
        found.team[who.key] = _clinician(found, who)
    earlier: dict[str, int] = {}
    for client in parsed.clients:
        target = _client_row(found, client, earlier)
        found.rows[client.row] = target
        found.keys.setdefault(client.who.key, target)
    for who in found.unknown_people():
        if who.key not in found.keys:
            found.keys[who.key] = _person(found, who)
    _count_waiting(found)
    return found


def is_ready(found: Plan, row: CoverageRow | SessionRow | BalanceRow | ClientRow) -> bool:
    """Whether nothing has to be answered before this row can be brought over."""
    if isinstance(row, ClientRow):
        is_open = found.rows[row.row].is_open
        return not is_open and not (row.clinician and found.clinician_of(row.clinician).is_open)
    if found.client_of(row).is_open:
        return False
    return isinstance(row, CoverageRow) or not row.clinician or not found.clinician_of(row.clinician).is_open


def _count_names(found: Plan) -> None:
    for kind in (Kind.COVERAGE, Kind.SESSIONS, Kind.BALANCES):
        for row in found.parsed.of_kind(kind):
            found.named.setdefault(row.client.key, set()).add(row.row)
    for session in found.parsed.sessions:
        key = session.client.key
        found.first_days[key] = min(session.date, found.first_days.get(key, session.date))


def _count_waiting(found: Plan) -> None:
    for kind in (Kind.CLIENTS, Kind.COVERAGE, Kind.SESSIONS, Kind.BALANCES):
        found.waiting[kind] = sum(not is_ready(found, row) for row in found.parsed.of_kind(kind))


def _ask_date(found: Plan, column: int, header: str, example: str) -> None:
    words = f"“{example}” in the column “{header}” can be read in two ways. Which comes first?"
    options = (("mdy", "The month comes first"), ("dmy", "The day comes first"))
    found.questions[f"dates:{column}"] = Question(f"dates:{column}", words, options, found.parsed.lines, about="dates")


def _clinician_row(found: Plan, who: Who) -> Target:
    pk = found.clinicians.sure(who)
    if pk is None and (named := found.clinicians.named(who)):
        key = f"clinician:{who.key}"
        words = f"{who.name} is in the file. Somebody of this name is on the team already."
        return _asked(found, key, words, _people(found.clinicians, named), row=0)
    return Target(pk=pk) if pk else Target(is_new=True)


def _clinician(found: Plan, who: Who) -> Target:
    pk = found.clinicians.sure(who)
    if pk is None:
        named = found.clinicians.named(who) or _by_initials(found.clinicians, who)
        pk = named[0] if len(named) == 1 else None
    if pk is not None:
        return Target(pk=pk)
    everybody = [(f"id:{one.pk}", one.name) for one in found.clinicians.by_id.values()]
    rows = {
        row.row for kind in (Kind.SESSIONS, Kind.BALANCES, Kind.CLIENTS)
        for row in found.parsed.of_kind(kind) if row.clinician.key == who.key
    }  # fmt: skip
    words = f"{who.name} is not on the team. Who is it?"
    return _asked(found, f"clinician:{who.key}", words, everybody, rows=len(rows), new="Add to the team", has_name=who)


def _by_initials(known: Known, who: Who) -> list[int]:
    """`S. Chen` when one Chen has a first name with S."""
    if len(fold(who.first)) != 1:
        return []
    return [
        pk for pk in known.by_last.get(fold(who.last), []) if fold(known.by_id[pk].first).startswith(fold(who.first))
    ]


def _client_row(found: Plan, row: ClientRow, earlier: dict[str, int]) -> Target:
    pk = found.clients.by_row.get(row.row) or _from_earlier_file(found, row)
    if pk is not None:
        return Target(pk=pk)
    if row.pair:
        return _couple(found, row)
    same = fold(f"{row.who.first} {row.who.last}")
    first = earlier.setdefault(same, row.row)
    near = found.clients.near(row.who)
    if first == row.row and not near:
        return Target(is_new=True)
    options = _people(found.clients, near)
    words = f"{row.who.name} (row {row.row}) may be on file already."
    if first != row.row:
        options.insert(0, (f"row:{first}", f"The same person as in row {first}"))
        words = f"{row.who.name} is in the file twice: in row {first} and in row {row.row}."
    return _asked(found, f"client:{row.row}", words, options, row=row.row, rows=_rows_of(found, row.who, row.row))


def _from_earlier_file(found: Plan, row: ClientRow) -> int | None:
    """Whom an earlier file called so. A name alone is not enough where what else is known says otherwise."""
    pk = found.clients.by_key.get(row.who.key)
    if pk is None or row.who.external_id or row.who.date_of_birth:
        return pk
    person, values = found.clients.by_id[pk], row.values
    theirs, ours = {person.email, person.phone} - {""}, {values["email"], values["phone"]} - {""}
    if theirs & ours or not (person.since and values["since"]):
        return pk if theirs & ours or not (theirs and ours) else None
    return pk if person.since == values["since"] else None


def _couple(found: Plan, row: ClientRow) -> Target:
    one, two = (split(name) for name in row.pair or ("", ""))
    key = f"client:{row.row}"
    options = [("one", f"{one.full} is the client"), ("two", f"{two.full} is the client")]
    for name in (one, two):
        options += _people(found.clients, found.clients.named(Who(name.first, name.last)))
    words = f"Row {row.row} holds two people: {one.full} and {two.full}. Claims need one of them: who is the client?"
    found.questions[key] = Question(
        key, words, (*options, (SKIP, "Leave out")), _rows_of(found, row.who, row.row), row.row
    )
    answer = found.answers.get(key, "")
    if answer in {"one", "two"}:
        name = one if answer == "one" else two
        return Target(is_new=True, name=(name.first, name.last))
    return _answered(found, answer)


def _person(found: Plan, who: Who) -> Target:
    pk = found.clients.sure(who)
    if pk is None and who.last:
        named = found.clients.named(who)
        pk = named[0] if len(named) == 1 else None
    if pk is not None:
        return Target(pk=pk)
    named = found.clients.near(who) if who.last else []
    several = len(found.clients.named(who)) > 1
    words = f"{who.name} is on file more than once. Who is it?" if several else f"{who.name} is not on file. Who is it?"
    options = _people(found.clients, named)
    return _asked(
        found, f"who:{who.key}", words, options, rows=_rows_of(found, who), new="Add as a new client", has_name=who
    )


def _rows_of(found: Plan, who: Who, *own: int) -> int:
    """How many rows of the file are about somebody; one row may bring several things."""
    return len(found.named.get(who.key, set()).union(own))


def _people(known: Known, ids: Iterable[int]) -> list[tuple[str, str]]:
    return [(f"id:{pk}", _told(known.by_id[pk])) for pk in list(dict.fromkeys(ids))[:_MOST_OFFERED]]


def _told(person: Person) -> str:
    number = f", no. {person.number}" if person.number else ""
    born = f", born {person.born:%b} {person.born.day}, {person.born.year}" if person.born else ""
    return f"{person.name}{number}{born}"


def _asked(
    found: Plan,
    key: str,
    words: str,
    options: list[tuple[str, str]],
    *,
    row: int = 0,
    rows: int = 1,
    new: str = "Another person: add them",
    has_name: Who | None = None,
) -> Target:
    may_add = has_name is None or bool(has_name.first and has_name.last)
    offered = [*options, *([(NEW, new)] if may_add else []), (SKIP, "Leave these rows out")]
    about = "team" if key.startswith("clinician:") else "person"
    found.questions[key] = Question(key, words, tuple(offered), rows, row, about)
    kind = key.split(":", 1)[0]
    answer = found.answers.get(key) or found.answers.get(f"{EVERYBODY}:{kind}", "")
    return _answered(found, answer if answer != NEW or may_add else "")


def _like(other: Target, row: int) -> Target:
    """The same person as another row: who that is, once they are on file."""
    return Target(same_as=other.same_as or row) if other.is_new or other.same_as else other


def _answered(found: Plan, answer: str) -> Target:
    kind, _, number = answer.partition(":")
    if kind == "row" and number.isdigit():
        return _like(found.rows.get(int(number), _OPEN), int(number))
    if kind == "id" and number.isdigit():
        return Target(pk=int(number))
    if answer == NEW:
        return Target(is_new=True)
    return _LEFT if answer == SKIP else _OPEN
