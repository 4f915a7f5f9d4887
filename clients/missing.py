"""What a client's claims still need, in words a biller understands; known before the first session is billed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clients.models import Client, ClientDiagnosis, Coverage
from practice.models import PracticePayer

MEDICARE: Final = frozenset({"MA", "MB"})
"""Claim filing indicators of Medicare (005010X222A1, SBR09)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap: what is missing, why it matters, and the tab where it is filled in."""

    sentence: str
    why: str
    url_name: str
    act: str


def for_claims(client: Client, coverages: Sequence[Coverage], diagnoses: Sequence[ClientDiagnosis]) -> list[Missing]:
    """The gaps of somebody with insurance; somebody who pays themselves needs none of it."""
    if not coverages:
        return []
    return [*_person(client), *_insurance(coverages), *_diagnosis(diagnoses)]


def _person(client: Client) -> Iterator[Missing]:
    if client.date_of_birth is None:
        yield _of_client("Date of birth is missing.", "Payers find members by it.")
    if not client.sex:
        yield _of_client("Sex on the insurance is missing.", "A claim states it as the payer has it.")
    if not client.has_address:
        yield _of_client("The address is not complete.", "A claim needs street, city, state and ZIP code.")


def _of_client(sentence: str, why: str) -> Missing:
    return Missing(sentence, why, "edit_client", "Add it")


def _insurance(coverages: Sequence[Coverage]) -> Iterator[Missing]:
    for coverage in coverages:
        if not coverage.member_id:
            sentence = f"The member ID with {coverage.payer} is missing."
            yield Missing(sentence, "It is on the card.", "client_coverage", "Open coverage")
        if is_medicare_second(coverage.payer, coverage.rank) and not coverage.medicare_type:
            sentence = f"Why {coverage.payer} pays second is missing."
            yield Missing(sentence, "Claims to it after another plan need it.", "client_coverage", "Add it")


def is_medicare_second(payer: PracticePayer, rank: str) -> bool:
    """Whether a coverage is Medicare behind another plan, which claims to it have to explain."""
    return payer.claim_filing_indicator in MEDICARE and rank == Coverage.Rank.SECONDARY


def _diagnosis(diagnoses: Sequence[ClientDiagnosis]) -> Iterator[Missing]:
    if not diagnoses:
        sentence = "There is no diagnosis yet."
        yield Missing(sentence, "A claim needs at least one.", "client_diagnoses", "Add a diagnosis")
