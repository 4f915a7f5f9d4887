"""Random claims over every case of therapy: our check finds nothing, and pyx12 accepts the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from edi.claims.checks import check
from edi.claims.model import Claim, ClaimFile
from edi.claims.reading import read_file
from edi.claims.writing import write
from edi.reading import read
from tests.edi.claims.therapy import CASES, claim
from tests.edi.making import claim_file, transaction
from tests.edi.oracles import pyx12_errors, x12sdk_claims

QUICK, ALL, EACH = 100, 1000, 250


def files(first: int, count: int) -> list[ClaimFile]:
    """The claims of these seeds in files of a few hundred."""
    sent = [claim(seed) for seed in range(first, first + count)]
    return [in_one(sent[at : at + EACH]) for at in range(0, count, EACH)]


def in_one(claims: Sequence[Claim]) -> ClaimFile:
    return claim_file(transactions=(transaction(*claims),))


def refused(first: int, count: int) -> list[str]:
    """What is found wrong by our check or by pyx12."""
    found = []
    for file in files(first, count):
        found += [f"{one.claim}: {one.words}" for one in check(file) if not one.warning]
        found += pyx12_errors(write(file).content)
    return found


def test_a_hundred_random_claims_are_accepted() -> None:
    assert refused(0, QUICK) == []


@pytest.mark.long
def test_a_thousand_random_claims_are_accepted() -> None:
    assert refused(QUICK, ALL) == []


def test_they_hold_every_case() -> None:
    """Nobody takes a case out of the drawing unseen."""
    content = b"".join(write(file).content for file in files(0, QUICK)).decode()
    for code in ("90785", "90833", "90836", "90838", "90839", "90840", "90846", "90847", "90853", "H0004", "96131"):
        assert f"HC:{code}" in content, code
    for mark in (":95", ":GT", ":93", ":FQ", ":HO", ":HL", "*02:B:", "*10:B:", "*11:B:1", "*11:B:7", "*11:B:8"):
        assert mark in content, mark
    for segment in ("REF*G1", "REF*9F", "REF*F8", "AMT*F5", "NM1*DN", "NM1*DQ", "NM1*77", "PAT*19", "PAT*01", "SVD*"):
        assert segment in content, segment
    assert len({seed % len(CASES) for seed in range(QUICK)}) == len(CASES)
    assert any(len(one.lines) > 40 for seed in range(QUICK) if (one := claim(seed)))


def test_reading_gives_the_same_claims() -> None:
    (file,) = files(0, QUICK)
    once = write(file).content
    (interchange,) = read(once)
    (found,) = read_file(interchange)
    assert write(found).content == once


def test_x12sdk_reads_them() -> None:
    """Except for sex U, which the guide lists in DMG03 and x12sdk does not know."""
    sent = [known_sex(claim(seed)) for seed in range(40)]
    assert x12sdk_claims(write(in_one(sent)).content) == [one.patient_control_number for one in sent]


def known_sex(one: Claim) -> Claim:
    patient = replace(one.patient, sex="F") if one.patient else None
    sex = "F" if one.subscriber.sex else ""
    return replace(one, patient=patient, subscriber=replace(one.subscriber, sex=sex))
