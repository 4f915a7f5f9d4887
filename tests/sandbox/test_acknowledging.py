"""What a 999 says about syntax, at the segment and element where it stands."""

from __future__ import annotations

import pytest

from edi.acknowledgments.model import Acknowledgment
from edi.claims.checks.outside import check_interchange
from edi.reading import read
from sandbox.acknowledging import acknowledge
from tests.sandbox.making import claim, line, sent, transaction

TWO = (transaction(claim("P1", line("A1"), line("A2", "90785", "20.00"))), transaction(claim("P2"), control="0002"))


def answered(*changes: tuple[bytes, bytes]) -> Acknowledgment:
    """The 999 of a file of two transactions, after changes to its bytes."""
    content = sent(*(TWO[0], transaction(claim("P2"), control="0002", reference="B2")))
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    (interchange,) = read(content)
    return acknowledge(interchange.groups[0], check_interchange(interchange))


def test_a_file_without_fault_is_accepted_as_a_whole() -> None:
    said = answered()
    assert (said.status, said.included, said.received, said.accepted) == ("A", 2, 2, 2)
    assert [(one.control, one.status, one.errors) for one in said.sets] == [("0001", "A", ()), ("0002", "A", ())]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"DTP*472*D8*20260302~REF*6R*A2", b"DTP*472*D8*20261302~REF*6R*A2", ("DTP", 29, 3, "8")),
        (b"CLM*P1*162*", b"CLM*P1*ABC*", ("CLM", 19, 2, "6")),
        (b"SBR*P*18*******CI", b"SBR*P*18*******QQ", ("SBR", 13, 9, "7")),
    ],
)
def test_a_fault_is_told_at_its_segment_and_element(old: bytes, new: bytes, told: tuple[str, int, int, str]) -> None:
    said = answered((old, new))
    assert (said.status, said.accepted, said.sets[0].codes) == ("P", 1, ("5",))
    (error,) = said.sets[0].errors
    (element,) = error.elements
    assert (error.segment, error.position, element.position, element.code) == told
    assert (error.code, error.patient_control_number) == ("8", "P1")


def test_a_wrong_count_of_segments_refuses_that_transaction_alone() -> None:
    said = answered((b"SE*31*0001", b"SE*30*0001"))
    assert [(one.status, one.codes) for one in said.sets] == [("R", ("4",)), ("A", ())]


def test_a_group_of_another_version_is_refused_as_a_whole() -> None:
    said = answered((b"X*005010X222A1", b"X*004010X098A1"))
    assert (said.status, said.accepted, said.codes) == ("R", 0, ("2",))
    assert [one.status for one in said.sets] == ["R", "R"]


def test_a_warning_refuses_nothing() -> None:
    said = answered((b"NM1*82*1*MOREAU*ALICE", b"NM1*82*1*MOREAU*"))
    assert said.status == "A"
