"""Claims from JSON: one file of claims, or the document that `read --json` gives, whose claims are put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edi.claims.model import ClaimFile, ClaimTransaction
from edi.command.kinds import CLAIMS
from edi.json import Json, ShapeError, parse, read


def claim_files(text: str) -> list[ClaimFile]:
    """The claim files that a JSON text describes, one for each interchange to write; raises ShapeError."""
    value = parse(text)
    if not isinstance(value, dict):
        raise ShapeError("The file should be an object: a ClaimFile, or what “read --json” gives.")
    files = list(_of_document(value)) if "interchanges" in value else [read(ClaimFile, value)]
    if not any(file.transactions for file in files):
        raise ShapeError("The file holds no professional claims (837P), and nothing else can be written.")
    return [replace(file, transactions=tuple(_numbered(file.transactions))) for file in files]


def _of_document(document: dict[str, Json]) -> Iterator[ClaimFile]:
    """The claims of every group of a document."""
    for at, interchange in enumerate(_list(document, "interchanges", "")):
        path = f"interchanges[{at}]"
        for number, group in enumerate(_list(interchange, "groups", path)):
            place = f"{path}.groups[{number}]"
            files = list(_of_group(_list(group, "transactions", place), f"{place}.transactions"))
            if files:
                sent = tuple(one for file in files for one in file.transactions)
                yield replace(files[0], transactions=sent)


def _of_group(transactions: list[Json], path: str) -> Iterator[ClaimFile]:
    """The claims of each transaction of a group."""
    for at, sent in enumerate(transactions):
        if isinstance(sent, dict) and sent.get("kind") == CLAIMS:
            yield read(ClaimFile, sent.get("content"), f"{path}[{at}].content")


def _list(value: Json, name: str, path: str) -> list[Json]:
    """A list in an object of the document."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise ShapeError(f"{path or 'The file'} has no list “{name}”.")
    return found


def _numbered(transactions: tuple[ClaimTransaction, ...]) -> Iterator[ClaimTransaction]:
    """The transactions with ST02 of their own: one that was read held claims of several payers or billing providers."""
    used = {sent.control for sent in transactions}
    seen: set[str] = set()
    free = (f"{number:04}" for number in range(1, len(transactions) * 2 + 2) if f"{number:04}" not in used)
    for sent in transactions:
        if sent.control in seen:
            control = next(free)
            yield replace(sent, control=control, reference=f"{sent.reference}-{control}")
        else:
            seen.add(sent.control)
            yield sent
