"""A file as a JSON document: its interchanges, groups and transactions, each typed where its kind is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from edi.acknowledgments.reading import read_interchange
from edi.claims.problems import Problem
from edi.claims.reading import read_group
from edi.command.answers import by_defects
from edi.command.capping import capped
from edi.command.kinds import CLAIMS, kind_of
from edi.errors import X12Error
from edi.interchanges import Group, Interchange, Transaction
from edi.json import Json, write


@dataclass(frozen=True, slots=True)
class Content:
    """What a transaction holds: content (a model), segments (lists of elements) or error (a sentence).

    `defects` say what of it could not be read or was odd.
    """

    told: str
    value: object
    defects: tuple[Problem, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether something in it could not be read."""
        return self.told == "error" or any(not problem.warning for problem in self.defects)


@dataclass(frozen=True, slots=True)
class Told:
    """An interchange with what each of its transactions holds, by their index."""

    interchange: Interchange
    contents: dict[int, Content]

    @property
    def is_wrong(self) -> bool:
        """Whether its envelopes have defects or something in it could not be read."""
        return bool(self.interchange.defects) or any(held.is_wrong for held in self.contents.values())


def tell(interchange: Interchange) -> Told:
    """What an interchange holds."""
    pairs = [(group, sent) for group in interchange.groups for sent in group.transactions]
    return Told(interchange, {sent.index: content(interchange, group, sent) for group, sent in pairs})


def content(interchange: Interchange, group: Group, sent: Transaction) -> Content:
    """What a transaction holds."""
    kind = kind_of(sent)
    if kind is not None and kind.name == CLAIMS:
        return _claims(interchange, group, sent)
    if kind is None or kind.read is None:
        return Content("segments", [segment.elements for segment in sent.segments])
    try:
        model = kind.read(sent)
    except X12Error as error:
        return Content("error", str(error))
    return Content("content", replace(model, defects=()), tuple(capped(by_defects(sent, model))))


def _claims(interchange: Interchange, group: Group, sent: Transaction) -> Content:
    """The claims of a transaction as a file of their own, and the values in them that could not be read."""
    file, readings = read_group(interchange, replace(group, transactions=[sent]))
    problems = (problem for reading in readings for problem in reading.problems)
    return Content("content", file, tuple(capped(problems)))


def document(told: Iterable[Told]) -> Json:
    """A whole file."""
    return {"interchanges": [_interchange(one) for one in told]}


def _interchange(told: Told) -> Json:
    """One interchange; `defects` say what is wrong with its envelopes."""
    found = told.interchange
    return {
        "control": found.control,
        "version": found.version,
        "usage": found.usage,
        "sender_qualifier": found.sender_qualifier,
        "sender": found.sender,
        "receiver_qualifier": found.receiver_qualifier,
        "receiver": found.receiver,
        "made_at": write(found.made_at),
        "acknowledgment_wanted": found.acknowledgment_wanted,
        "delimiters": write(found.delimiters),
        "acknowledgments": write(read_interchange(found)),
        "groups": [_group(told, group) for group in found.groups],
        "defects": write(found.defects),
    }


def _group(told: Told, group: Group) -> Json:
    """One functional group."""
    return {
        "functional_id": group.functional_id,
        "control": group.control,
        "version": group.version,
        "sender": group.sender,
        "receiver": group.receiver,
        "made_at": write(group.made_at),
        "transactions": [_transaction(sent, told.contents[sent.index]) for sent in group.transactions],
    }


def _transaction(sent: Transaction, held: Content) -> Json:
    """One transaction with what it holds."""
    kind = kind_of(sent)
    return {
        "kind": kind.name if kind else None,
        "set_id": sent.set_id,
        "control": sent.control,
        "version": sent.version,
        held.told: write(held.value),
        "defects": write(held.defects),
    }
