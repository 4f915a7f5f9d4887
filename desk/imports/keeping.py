"""Keeps a table as it was read, encrypted, without the columns that we never take; and opens it again."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from desk.imports.aliases import normal
from desk.imports.layouts.recognizing import numbered
from desk.imports.problems import FileRefusedError
from desk.imports.reading import Line, Table
from practice import files
from practice.actors import Actor
from practice.models import StoredFile

_NEVER: Final = frozenset(
    {
        "ssn", "ss", "ss#", "ssn#", "socialsecurity", "socialsecuritynumber", "socialsecurity#", "patientssn",
        "clientssn", "cardnumber", "creditcard", "creditcardnumber", "cvv", "cvc", "driverslicense",
        "driverslicensenumber", "driverlicense", "licensenumberdriver", "bankaccount", "bankaccountnumber",
        "routingnumber", "password",
    }
)  # fmt: skip


def without_secrets(table: Table) -> Table:
    """The table with Social Security, card and bank numbers taken out, and a notice that says so."""
    places = {place for place, header in enumerate(table.headers) if normal(header) in _NEVER}
    if not places:
        return table
    names = ", ".join(f"“{table.headers[place]}”" for place in sorted(places))
    notice = f"{names} was not taken over: such numbers are not kept here."
    lines = [
        Line(line.number, tuple("" if place in places else cell for place, cell in enumerate(line.cells)))
        for line in table.lines
    ]
    return Table(table.headers, tuple(lines), (*table.notices, notice))


def keep(table: Table, *, name: str, actor: Actor) -> StoredFile:
    """Stores the table, encrypted; the same content has the same hash."""
    told = {"headers": table.headers, "lines": [(line.number, line.cells) for line in table.lines]}
    content = json.dumps(told | {"notices": table.notices}, ensure_ascii=False).encode()
    if len(content) > files.LARGEST:
        raise FileRefusedError("This file holds too much text. Export it in parts, a year at a time.")
    return files.store(content, name=name, actor=actor)


def opened(file: StoredFile) -> Table:
    """The table as it was kept."""
    told = json.loads(files.read(file))
    lines = tuple(Line(number, tuple(cells)) for number, cells in told["lines"])
    return Table(tuple(told["headers"]), lines, tuple(told["notices"]))


def columns_hash(headers: tuple[str, ...]) -> str:
    """The same for every file with these columns in this order."""
    return hashlib.sha256(json.dumps(numbered(headers)).encode()).hexdigest()
