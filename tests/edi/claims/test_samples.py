"""Claim files from other projects are read, or what is wrong with them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from edi.claims.checks import check_bytes
from edi.claims.reading import read_group
from edi.reading import read

FOLDER = Path(__file__).parents[1] / "samples" / "837p"

SAMPLES = {
    "imsweb__x12_bad_valid_code.txt": (2, "NM1*117 has no place here."),
    "imsweb__x12_complex.txt": (6, "NM108 of the rendering provider is “X”; it must be XX."),
    "imsweb__x12_loop_errors3_missing_loops.txt": (1, "The billing provider is missing (2010AA)."),
    "imsweb__x12_many_claims.txt": (820, "SE01 says 25, but there are 11486 segments in the transaction."),
    "imsweb__x12_missing_elements.txt": (2, "CLM05-2 must be B, which says that CLM05-1 is a place of service."),
    "imsweb__x12_multiple_isa.txt": (4, "SE01 says 25, but there are 34 segments in the transaction."),
    "imsweb__x12_multiple_st.txt": (4, "Transaction control number 987654 is used twice in the group."),
    "imsweb__x12_segments_out_of_order.txt": (2, "N4 stands too late in the billing provider."),
    "imsweb__x12_valid.txt": (2, "HL02 is 3, but the level above is 1."),
    "imsweb__x12_valid_different_separators.txt": (2, "HL02 is 3, but the level above is 1."),
    "inteligenz__Example1_2_And_3_Combined.txt": (3, "DMG has no place in the other coverage."),
    "inteligenz__Example1_HealthInsurance.txt": (
        1,
        "Transaction 0021 is version 005010X222; claims are sent as 005010X222A1.",
    ),
    "inteligenz__MissingEntityCode.txt": (5, "NM1* has no place here."),
    "inteligenz__UnicodeExample.txt": (0, "The interchange ends without IEA; the file may have been cut off."),
    "linuxforhealth__demo.837": (1, "Diagnosis 1, “0340”, does not have the form of an ICD-10-CM code."),
    "linuxforhealth__demo.cob.2ndary.example4.837": (1, "“11>B>1” is not a place of service code."),
    "linuxforhealth__demo.cob.example3.A.837": (1, "The other payer is missing (2330B)."),
    "linuxforhealth__demo.cob.example3.B.837": (1, "The pay-to ZIP code “3111” should have five or nine digits."),
    "linuxforhealth__demo.example12.837": (1, "“23>B>1” is not a place of service code."),
    "mjpete3__parse_837p_2.txt": (1, "The ISA segment has 86 characters instead of 106."),
    "moov-io__sample.txt": (8, "Diagnosis 1, “6268”, does not have the form of an ICD-10-CM code."),
    "rohanrkamath__edi_sample_25_claims.txt": (25, "SE names transaction 000000001, but ST opened 0001."),
    "uhin__837.edi": (1, "The date of service 08/20/2024 is after the day the file was made."),
    "xlate__837-header-ref-only.edi": (0, "The transaction holds no claim."),
    "xlate__sample837-small.edi": (0, "The transaction holds no claim."),
}
"""How many claims stand in each sample, and one thing that is wrong with it."""


def test_every_sample_is_looked_at() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*SAMPLES, "README.md"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_and_its_defect_is_said(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    claims, words = SAMPLES[name]
    read_files = [read_group(found, group)[0] for found in read(content) for group in found.groups]
    sent = [claim for file in read_files if file for part in file.transactions for claim in part.claims]
    assert len(sent) == claims
    assert words in {problem.words for problem in check_bytes(content)}


def test_the_behavioral_health_sample_is_read_in_full() -> None:
    (found,) = read((FOLDER / "uhin__837.edi").read_bytes())
    file, _ = read_group(found, found.groups[0])
    assert file is not None
    (part,) = file.transactions
    (sent,) = part.claims
    assert (sent.lines[0].code, sent.place_of_service, str(sent.charge)) == ("90834", "11", "2")
    assert sent.subscriber.birth_date is not None
    assert part.billing.npi
    assert part.payer.id
