"""The findings of a file: of claims by the checks, of remittances by their sums, of all by envelope and oddities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from edi.acknowledgments.model import Verdict
from edi.acknowledgments.reading import read_interchange
from edi.claims.checks import check_interchange
from edi.claims.problems import Problem
from edi.command.capping import capped
from edi.command.kinds import is_claims, kind_of
from edi.errors import X12Error
from edi.interchanges import Group, Interchange, Transaction


def findings(interchange: Interchange) -> list[Problem]:
    """The findings of one interchange; of those of one kind the first, and how many more there are."""
    claims: list[Group] = []
    others: list[Group] = []
    for group in interchange.groups:
        (claims if any(map(is_claims, group.transactions)) else others).append(group)
    found = check_interchange(replace(interchange, groups=claims)) if claims else list(_envelopes(interchange))
    return capped(chain(found, (problem for group in others for problem in _group(group))))


def _envelopes(interchange: Interchange) -> Iterator[Problem]:
    """What is wrong with the envelopes of an interchange without claims."""
    for defect in interchange.defects:
        yield Problem(1, "", "", defect.code, "envelope", defect.words, defect.transaction, defect.segment or None)
    for answer in read_interchange(interchange):
        if answer.verdict is Verdict.UNKNOWN or not answer.control:
            words = f"TA1 answers {answer.control or 'no interchange'} with “{answer.status}”, which says nothing."
            yield Problem(1, "", "", "TA104", "code", words)
    if not interchange.transactions and not interchange.tas:
        yield Problem(1, "", "", "ST", "missing", "The interchange holds no transaction and no TA1.", segment=1)


def _group(group: Group) -> Iterator[Problem]:
    """The findings of a group without claims."""
    for sent in group.transactions:
        kind = kind_of(sent)
        if kind is not None and group.functional_id not in {"", kind.functional_id}:
            words = f"GS01 is {group.functional_id}, but transaction {sent.control} is a {kind.name}."
            yield Problem(1, "", "", "GS01", "version", words, segment=group.number or None)
        yield from transaction_findings(sent)


def transaction_findings(sent: Transaction) -> Iterator[Problem]:
    """The findings of one transaction that holds no professional claims."""
    kind = kind_of(sent)
    if kind is None or kind.read is None:
        name = kind.name if kind else f"{sent.set_id or 'nameless set'} {sent.version}".strip()
        words = f"Transaction {sent.control} is a {name}, of which only the envelope was checked."
        yield Problem(1, "", "", "ST01", "unknown-set", words, sent.control, 1, warning=True)
        return
    try:
        answer = kind.read(sent)
    except X12Error as error:
        yield Problem(1, "", "", "ST", "unreadable", str(error), sent.control, 1)
        return
    yield from kind.check(sent, answer)
