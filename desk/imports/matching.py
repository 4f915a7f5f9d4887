"""Who and what of a file is here already: people, payers, services and places, looked up without asking one by one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from clients.models import Client
from clients.policies import visible_clients
from clinicians.models import Clinician
from clinicians.policies import visible_clinicians
from desk.imports.names import fold
from desk.imports.parsing.records import Who
from desk.models import ImportedRow, ImportRun
from practice.actors import Actor


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is here, as a question shows them."""

    pk: int
    first: str
    last: str
    preferred: str = ""
    born: dt.date | None = None
    number: int = 0
    external_id: str = ""
    email: str = ""
    phone: str = ""
    since: dt.date | None = None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.preferred or self.first} {self.last}"


@dataclass
class Known:
    """The clients or the clinicians who are here, by everything a file may call them."""

    by_id: dict[int, Person] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_last: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_external: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, int] = field(default_factory=dict)
    by_row: dict[int, int] = field(default_factory=dict)

    def add(self, person: Person, *, npi: str = "", email: str = "") -> None:
        """Makes somebody findable."""
        self.by_id[person.pk] = person
        for first in {person.first, person.preferred} - {""}:
            self.by_name[fold(f"{first} {person.last}")].append(person.pk)
        self.by_last[fold(person.last)].append(person.pk)
        if person.external_id:
            self.by_external[person.external_id].append(person.pk)
        if npi:
            self.by_number[npi] = person.pk
        if email:
            self.by_email[email.lower()].append(person.pk)

    def sure(self, who: Who) -> int | None:
        """The one person this must be: known under this key, or by their number, or by name and date of birth."""
        if who.key in self.by_key:
            return self.by_key[who.key]
        if who.npi in self.by_number:
            return self.by_number[who.npi]
        for hits in (self._by_number_elsewhere(who), self._by_birth(who)):
            if len(hits) == 1:
                return hits[0]
        mails = self.by_email.get(who.email, []) if who.email else []
        return mails[0] if len(mails) == 1 else None

    def named(self, who: Who) -> list[int]:
        """Everybody with this name whose date of birth does not say otherwise."""
        hits = self.by_name.get(fold(f"{who.first} {who.last}"), [])
        return [pk for pk in dict.fromkeys(hits) if self._fits(who, self.by_id[pk])]

    def near(self, who: Who) -> list[int]:
        """Everybody a person should look at: the same name, or the same last name and date of birth."""
        born = [pk for pk in self.by_last.get(fold(who.last), []) if self._same_birth(who, self.by_id[pk])]
        numbered = self.by_external.get(who.external_id, []) if who.external_id else []
        return list(dict.fromkeys([*self.by_name.get(fold(f"{who.first} {who.last}"), []), *born, *numbered]))

    def _by_number_elsewhere(self, who: Who) -> list[int]:
        """By the former system’s number; another last name makes it another person’s number."""
        hits = self.by_external.get(who.external_id, []) if who.external_id else []
        return [pk for pk in hits if not who.last or fold(self.by_id[pk].last) == fold(who.last)]

    def _by_birth(self, who: Who) -> list[int]:
        return [pk for pk in self.named(who) if who.date_of_birth and self.by_id[pk].born == who.date_of_birth]

    def _fits(self, who: Who, person: Person) -> bool:
        return not (who.date_of_birth and person.born and who.date_of_birth != person.born)

    def _same_birth(self, who: Who, person: Person) -> bool:
        return bool(who.date_of_birth) and person.born == who.date_of_birth


def known_clients(actor: Actor, run: ImportRun) -> Known:
    """The clients on file, with what this and earlier files called them; two queries."""
    found = Known()
    columns = ("pk", "first_name", "last_name", "preferred_name", "date_of_birth", "number", "external_id")
    for row in visible_clients(actor).order_by("pk").values_list(*columns, "email", "phone", "since"):
        found.add(Person(*row))
    _remember(found, run, ImportedRow.Kind.CLIENT)
    return found


def known_clinicians(actor: Actor, run: ImportRun) -> Known:
    """The team, with what this and earlier files called them; two queries."""
    found = Known()
    for row in visible_clinicians(actor).order_by("last_name", "first_name"):
        found.add(person_of(row), npi=row.npi, email=row.email)
    _remember(found, run, ImportedRow.Kind.CLINICIAN)
    return found


def person_of(row: Client | Clinician) -> Person:
    """A row as questions show it."""
    if isinstance(row, Clinician):
        return Person(row.pk, row.first_name, row.last_name, row.preferred_name)
    return Person(
        row.pk,
        row.first_name,
        row.last_name,
        row.preferred_name,
        row.date_of_birth,
        row.number,
        row.external_id,
        row.email,
        row.phone,
        row.since,
    )


def _remember(found: Known, run: ImportRun, kind: str) -> None:
    rows: Iterable[tuple[int, str, int, int]] = (
        ImportedRow.objects.filter(kind=kind)
        .exclude(run__status=ImportRun.Status.UNDONE)
        .filter(run__source=run.source)
        .order_by("pk")
        .values_list("object_id", "key", "row", "run_id")
    )
    for pk, key, row, run_id in rows:
        if pk in found.by_id:
            found.by_key.setdefault(key, pk) if key else None
            if run_id == run.pk and row:
                found.by_row[row] = pk
