"""Each thing that can be wrong with a claim is found, named by its element, and said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from edi.claims.checks import Problem, check
from edi.claims.model import Accident, Address, Adjustment, Claim, ClaimFile, Facility, Organization, Person, Provider
from tests.edi.making import (
    BILLING,
    CHILD,
    ENVELOPE,
    HOME,
    MADE_AT,
    OFFICE,
    OTHER_PAYER,
    PAYER,
    RENDERING,
    SUBSCRIBER,
    claim,
    claim_file,
    dependent_claim,
    line,
    secondary_claim,
    transaction,
)


def only(file: ClaimFile) -> Problem:
    """The one problem of a file."""
    (found,) = check(file)
    return found


def of_claim(sent: Claim) -> list[tuple[int, str, str]]:
    return [(found.level, found.element, found.code) for found in check(claim_file(sent))]


def self_claim(**changes: object) -> Claim:
    return claim(subscriber=replace(SUBSCRIBER, **changes))  # type: ignore[arg-type]


def child_claim(**changes: object) -> Claim:
    return dependent_claim(patient=replace(CHILD, **changes))  # type: ignore[arg-type]


def line_claim(**changes: object) -> Claim:
    changed = line(**changes)  # type: ignore[arg-type]
    return claim(lines=(changed,), charge=changed.amount)


@pytest.mark.parametrize("sent", [claim(), dependent_claim(), secondary_claim()])
def test_a_right_claim_has_no_problem(sent: Claim) -> None:
    assert check(claim_file(sent)) == []


CLAIMS = [
    (claim(""), (2, "CLM01", "missing")),
    (claim("A" * 21), (2, "CLM01", "too-long")),
    (claim("pcn1"), (2, "CLM01", "characters")),
    (claim("PCN*1"), (2, "CLM01", "characters")),
    (claim(charge=Decimal(301)), (3, "CLM02", "total")),
    (claim(place_of_service=""), (2, "CLM05", "missing")),
    (claim(place_of_service="98", lines=(line(modifiers=()),), charge=Decimal(150)), (5, "CLM05", "place")),
    (claim(frequency="7"), (4, "REF*F8", "no-original")),
    (claim(frequency="8"), (4, "REF*F8", "no-original")),
    (claim(frequency="6", original_reference="X"), (2, "CLM05", "code")),
    (claim(original_reference="X"), (4, "REF*F8", "original-named")),
    (claim(accepts_assignment=""), (2, "CLM07", "missing")),
    (claim(benefits_assigned="X"), (2, "CLM08", "code")),
    (claim(signature_on_file="X"), (2, "CLM06", "code")),
    (claim(release="N"), (2, "CLM09", "code")),
    (claim(signature_source="B"), (2, "CLM10", "code")),
    (claim(delay_reason="12"), (2, "CLM20", "code")),
    (claim(diagnoses=("F411", "F411")), (4, "HI", "diagnosis-twice")),
    (claim(diagnoses=tuple(f"F{number}" for number in range(100, 113))), (2, "HI", "diagnoses")),
    (claim(diagnoses=("300.02",)), (5, "HI01", "diagnosis")),
    (claim(note="A" * 81), (2, "NTE02", "too-long")),
    (claim(note="李"), (2, "NTE02", "unsendable")),
    (claim(prior_authorization="~~"), (2, "REF*G1", "unsendable")),
    (claim(prior_authorization="A" * 51), (2, "REF*G1", "too-long")),
    (claim(patient_paid=Decimal(301)), (4, "AMT*F5", "paid-more")),
    (claim(patient_paid=Decimal(-1)), (2, "AMT*F5", "negative")),
    (claim(rendering=None), (4, "NM1", "no-rendering")),
    (claim(rendering=replace(RENDERING, npi="1245319590")), (5, "NM109", "npi")),
    (claim(rendering=replace(RENDERING, npi="")), (2, "NM109", "missing")),
    (claim(rendering=replace(RENDERING, npi=BILLING.npi)), (4, "NM109", "rendering-is-billing")),
    (claim(rendering=replace(RENDERING, taxonomy="101Y")), (2, "PRV03", "taxonomy")),
    (claim(rendering=replace(RENDERING, name=Person("", "CHARLIE"))), (2, "NM103", "missing")),
    (claim(supervising=RENDERING), (4, "NM109", "supervises-self")),
    (claim(referring=Provider(Person("FOX", "FAY"), "1")), (5, "NM109", "npi")),
    (claim(facility=Facility("NORTH", replace(OFFICE, line1="PO BOX 9"))), (4, "N301", "po-box")),
    (claim(facility=Facility("NORTH", replace(OFFICE, postal_code="53703"))), (4, "N403", "zip4")),
    (claim(facility=Facility("NORTH", OFFICE, "123")), (5, "NM109", "npi")),
    (claim(accident=Accident(("AA",), date(2026, 1, 2))), (4, "CLM11", "accident-state")),
    (claim(accident=Accident(("OA",))), (4, "DTP*439", "accident-date")),
    (claim(accident=Accident(("XX",))), (2, "CLM11", "code")),
    (claim(accident=Accident(("EM",), date(2027, 1, 2))), (4, "DTP*439", "future")),
    (self_claim(address=None), (4, "N3", "self-address")),
    (self_claim(birth_date=None), (4, "DMG02", "self-birth-date")),
    (self_claim(sex=""), (4, "DMG03", "self-sex")),
    (self_claim(birth_date=date(2026, 11, 24)), (4, "DMG02", "future")),
    (self_claim(member_id=""), (2, "NM109", "missing")),
    (self_claim(member_id_qualifier="XX"), (2, "NM108", "code")),
    (self_claim(filing_indicator=""), (2, "SBR09", "missing")),
    (self_claim(filing_indicator="09"), (2, "SBR09", "code")),
    (self_claim(responsibility="X"), (2, "SBR01", "code")),
    (self_claim(medicare_type="12"), (4, "SBR05", "medicare-type")),
    (self_claim(group_number="A" * 51), (2, "SBR03", "too-long")),
    (self_claim(group_number="", plan_name="A" * 61), (2, "SBR04", "too-long")),
    (self_claim(name=Person("SMITH")), (2, "NM104", "missing")),
    (self_claim(name=Person("李", "JANE")), (2, "NM103", "missing")),
    (self_claim(name=Person("S" * 61, "JANE")), (2, "NM103", "too-long")),
    (self_claim(name=Person("SMITH", "J" * 36)), (2, "NM104", "too-long")),
    (self_claim(name=Person("SMITH", "JANE", "Q" * 26)), (2, "NM105", "too-long")),
    (self_claim(name=Person("SMITH", "JANE", "", "J" * 11)), (2, "NM107", "too-long")),
    (self_claim(address=replace(HOME, line1="")), (2, "N301", "missing")),
    (self_claim(address=replace(HOME, line2="A" * 56)), (2, "N302", "too-long")),
    (self_claim(address=replace(HOME, city="")), (2, "N401", "missing")),
    (self_claim(address=replace(HOME, state="")), (2, "N402", "missing")),
    (self_claim(address=replace(HOME, state="XX")), (5, "N402", "state")),
    (self_claim(address=replace(HOME, postal_code="")), (2, "N403", "missing")),
    (self_claim(address=replace(HOME, postal_code="5370")), (2, "N403", "zip")),
    (child_claim(birth_date=None), (2, "DMG02", "missing")),
    (child_claim(sex="X"), (2, "DMG03", "code")),
    (child_claim(relationship="18"), (2, "PAT01", "code")),
    (child_claim(address=Address("1 A ST", "", "MADISON", "WI", "")), (2, "N403", "missing")),
    (child_claim(name=Person("", "TOM")), (2, "NM103", "missing")),
    (line_claim(code=""), (2, "SV101", "missing")),
    (line_claim(code="9083"), (5, "SV101", "procedure")),
    (line_claim(code_qualifier="N4"), (2, "SV101", "code")),
    (line_claim(modifiers=("95", "HO", "HJ", "U1", "U2")), (2, "SV101", "modifiers")),
    (line_claim(modifiers=("95", "95")), (4, "SV101", "modifier-twice")),
    (line_claim(modifiers=("9",)), (2, "SV101", "modifier")),
    (line_claim(modifiers=("95", "93")), (4, "SV101", "telehealth-kind")),
    (line_claim(place="11"), (4, "SV101", "telehealth-place")),
    (line_claim(place="98", modifiers=()), (5, "SV105", "place")),
    (line_claim(unit_kind="HR"), (2, "SV103", "code")),
    (line_claim(units=Decimal(0)), (2, "SV104", "units")),
    (line_claim(units=Decimal("1.25")), (2, "SV104", "units")),
    (line_claim(pointers=()), (2, "SV107", "pointers")),
    (line_claim(pointers=(3,)), (4, "SV107", "pointer")),
    (line_claim(pointers=(0,)), (4, "SV107", "pointer")),
    (line_claim(pointers=(1, 1)), (4, "SV107", "pointer-twice")),
    (line_claim(service_date=None), (2, "DTP*472", "missing")),
    (line_claim(service_date=date(2026, 11, 24)), (4, "DTP*472", "future")),
    (line_claim(service_date=date(1985, 4, 11)), (4, "DTP*472", "before-birth")),
    (line_claim(ends_on=date(2026, 11, 1)), (4, "DTP*472", "range")),
    (line_claim(reference=""), (4, "REF*6R", "no-reference")),
    (line_claim(reference="A" * 31), (2, "REF*6R", "too-long")),
    (line_claim(reference="L~1"), (2, "REF*6R", "reference-characters")),
    (line_claim(note="A" * 81), (2, "NTE02", "too-long")),
    (line_claim(description="A" * 81), (2, "SV101-7", "too-long")),
    (line_claim(rendering=replace(RENDERING, npi="1")), (5, "NM109", "npi")),
    (claim(lines=(line(), line())), (4, "REF*6R", "reference-twice")),
    (claim(lines=(), charge=Decimal(0)), (2, "LX", "lines")),
    (claim(lines=tuple(line(f"L{n}", "1") for n in range(51)), charge=Decimal(51)), (2, "LX", "lines")),
]


@pytest.mark.parametrize(("sent", "expected"), CLAIMS, ids=[f"{code}-{element}" for _, (_, element, code) in CLAIMS])
def test_a_defect_of_a_claim_is_found(sent: Claim, expected: tuple[int, str, str]) -> None:
    found = check(claim_file(sent))
    assert [(problem.level, problem.element, problem.code) for problem in found] == [expected]
    assert found[0].words.endswith(".")
    assert found[0].claim == sent.patient_control_number


def test_a_line_is_named_by_its_reference() -> None:
    found = only(claim_file(line_claim(reference="LINE7", code="9083")))
    assert (found.claim, found.line, found.transaction) == ("PCN1", "LINE7", "0001")
    assert found.words == "9083 does not have the form of a CPT or HCPCS code."


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (claim(charge=Decimal("301.50")), "The claim's charge is $301.50, but its lines add up to $300.00."),
        (
            claim(frequency="7"),
            "A replacement or void needs the payer's claim number of the claim it is about (REF*F8).",
        ),
        (line_claim(pointers=(4,)), "The line points to diagnosis 4, but the claim has 2."),
        (
            self_claim(birth_date=None),
            "The client's date of birth is missing; it is required when the client holds the coverage.",
        ),
    ],
)
def test_words_are_what_a_biller_reads(sent: Claim, words: str) -> None:
    assert only(claim_file(sent)).words == words


@pytest.mark.parametrize(("amount", "code"), [("150.001", "amount"), ("100000000", "amount"), ("-1", "negative")])
def test_a_line_s_amount_is_dollars_and_cents(amount: str, code: str) -> None:
    assert of_claim(line_claim(amount=Decimal(amount))) == [(2, "SV102", code), (2, "CLM02", code)]


def test_a_missing_diagnosis_is_found_with_the_pointers_to_it() -> None:
    assert of_claim(claim(diagnoses=())) == [
        (2, "HI01", "missing"),
        (4, "SV107", "pointer"),
        (4, "SV107", "pointer"),
    ]


def test_warnings_are_marked() -> None:
    warned = {"original-named", "no-rendering", "no-reference", "telehealth-place"}
    for sent, (_, _, code) in CLAIMS:
        if code in warned:
            assert all(found.warning for found in check(claim_file(sent)))


def test_medicare_as_second_payer_needs_its_reason() -> None:
    sent = secondary_claim()
    medicare = replace(sent, subscriber=replace(sent.subscriber, filing_indicator="MB"))
    assert of_claim(medicare) == [(4, "SBR05", "medicare-type")]
    told = replace(medicare, subscriber=replace(medicare.subscriber, medicare_type="12"))
    assert of_claim(told) == []


def decided(sent: Claim, **changes: object) -> Claim:
    first = replace(sent.lines[0].decisions[0], **changes)  # type: ignore[arg-type]
    return replace(sent, lines=(replace(sent.lines[0], decisions=(first,)), *sent.lines[1:]))


def covered(**changes: object) -> Claim:
    sent = secondary_claim()
    return replace(sent, coverages=(replace(sent.coverages[0], **changes),))  # type: ignore[arg-type]


WHOLE = tuple(replace(service, decisions=()) for service in secondary_claim().lines)
ALL_OFF = (Adjustment("CO", "45", Decimal(60)), Adjustment("PR", "3", Decimal(40)))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (decided(secondary_claim(), paid=Decimal(99)), [(3, "AMT*D", "other-paid"), (3, "SVD02", "line-balance")]),
        (decided(secondary_claim(), adjustments=()), [(3, "SVD02", "line-balance")]),
        (decided(secondary_claim(), decided_on=None), [(2, "DTP*573", "missing")]),
        (decided(secondary_claim(), decided_on=date(2027, 1, 1)), [(4, "DTP*573", "future")]),
        (
            decided(secondary_claim(), payer_id="OTHER"),
            [(3, "AMT*D", "other-paid"), (4, "SVD01", "unknown-payer")],
        ),
        (covered(paid=None), [(4, "AMT*D", "not-decided")]),
        (covered(paid=Decimal(201)), [(3, "AMT*D", "other-paid")]),
        (covered(responsibility="S"), [(4, "SBR01", "order-twice"), (4, "SBR01", "no-primary")]),
        (covered(relationship="99"), [(2, "SBR02", "code")]),
        (covered(benefits_assigned=""), [(2, "OI03", "missing")]),
        (covered(payer=replace(OTHER_PAYER, name="")), [(2, "NM103", "missing")]),
        (
            covered(adjustments=ALL_OFF, paid=Decimal(200)),
            [(3, "CAS", "told-twice"), (3, "AMT*D", "other-paid")],
        ),
        (replace(secondary_claim(), coverages=()), [(4, "SBR01", "no-primary")] + [(4, "SVD01", "unknown-payer")] * 2),
        (replace(covered(adjustments=ALL_OFF, decided_on=date(2026, 11, 16)), lines=WHOLE), []),
        (replace(covered(adjustments=ALL_OFF), lines=WHOLE), [(4, "DTP*573", "no-decision-date")]),
        (
            replace(covered(adjustments=ALL_OFF[:1], decided_on=date(2026, 11, 16)), lines=WHOLE),
            [(3, "AMT*D", "other-paid")],
        ),
        (decided(secondary_claim(), adjustments=(Adjustment("XX", "45", Decimal(50)),)), [(2, "CAS01", "code")]),
        (decided(secondary_claim(), adjustments=(Adjustment("CO", "9999", Decimal(50)),)), [(5, "CAS02", "reason")]),
    ],
)
def test_what_other_payers_decided_is_told_once_and_adds_up(sent: Claim, expected: list[tuple[int, str, str]]) -> None:
    assert of_claim(sent) == expected


def test_more_adjustments_than_fit_are_found() -> None:
    reasons = tuple(Adjustment("CO" if number % 2 else "PR", "45", Decimal(10)) for number in range(6))
    sent = decided(secondary_claim(), adjustments=reasons, paid=Decimal(90))
    assert of_claim(sent) == [(3, "AMT*D", "other-paid"), (2, "CAS", "too-many")]


FILES = [
    (claim_file(claim(), claim()), (4, "CLM01", "number-twice")),
    (
        claim_file(transactions=(transaction(claim("A")), transaction(claim("B"), control="0002"))),
        (4, "BHT03", "reference-twice"),
    ),
    (claim_file(transactions=(transaction(control="1"),)), (1, "ST02", "control")),
    (claim_file(transactions=(transaction(reference=""),)), (2, "BHT03", "missing")),
    (claim_file(transactions=(transaction(reference="A" * 31),)), (2, "BHT03", "too-long")),
    (claim_file(transactions=(transaction(payer=replace(PAYER, id="")),)), (2, "NM109", "missing")),
    (claim_file(transactions=(transaction(payer=replace(PAYER, id_qualifier="XX")),)), (2, "NM108", "code")),
    (claim_file(control=0), (1, "ISA13", "control")),
    (claim_file(group_control=0), (1, "GS06", "control")),
    (claim_file(envelope=replace(ENVELOPE, sender="")), None),
    (claim_file(envelope=replace(ENVELOPE, sender="A" * 16)), None),
    (claim_file(envelope=replace(ENVELOPE, receiver_qualifier="99")), (1, "ISA07", "code")),
    (claim_file(envelope=replace(ENVELOPE, group_sender="A")), (1, "GS02", "too-short")),
]


@pytest.mark.parametrize(("file", "expected"), FILES)
def test_a_defect_of_a_file_is_found(file: ClaimFile, expected: tuple[int, str, str] | None) -> None:
    found = [(problem.level, problem.element, problem.code) for problem in check(file)]
    assert found
    if expected is not None:
        assert found == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"npi": "1234567890"}, (5, "NM109", "npi")),
        ({"address": replace(OFFICE, postal_code="53703")}, (4, "N403", "zip4")),
        ({"address": replace(OFFICE, line1="P.O. Box 12")}, (4, "N301", "po-box")),
        ({"address": replace(OFFICE, line2="Post Office Box 12")}, (4, "N301", "po-box")),
        ({"tax_id": ""}, (2, "REF*EI", "missing")),
        ({"tax_id": "12345"}, (4, "REF*EI", "tax-id")),
        ({"tax_id": "999999999"}, (4, "REF*EI", "tax-id")),
        ({"taxonomy": "X"}, (2, "PRV03", "taxonomy")),
        ({"name": Organization("")}, (2, "NM103", "missing")),
        ({"pay_to": Address("PO BOX 1", "", "", "WI", "53703")}, (2, "N401", "missing")),
    ],
)
def test_a_defect_of_the_billing_provider_is_found_once(changes: dict[str, object], expected: object) -> None:
    billing = replace(BILLING, **changes)  # type: ignore[arg-type]
    found = only(claim_file(transactions=(transaction(claim("A"), claim("B"), billing=billing),)))
    assert (found.level, found.element, found.code) == expected
    assert found.claim == ""


def test_street_names_that_only_look_like_a_po_box_pass() -> None:
    for street in ("100 POBOXER LANE", "12 BOX ELDER RD", "7 APOLLO BOXWOOD CT"):
        billing = replace(BILLING, address=replace(OFFICE, line1=street))
        assert check(claim_file(transactions=(transaction(billing=billing),))) == []


@pytest.mark.parametrize(
    ("changes", "element"),
    [
        ({"name": ""}, "NM103"),
        ({"etin": ""}, "NM109"),
        ({"contact_name": ""}, "PER02"),
        ({"phone": "", "email": ""}, "PER04"),
        ({"phone": "555-0100"}, "PER04"),
        ({"email": "nobody"}, "PER04"),
    ],
)
def test_a_defect_of_the_submitter_is_found(changes: dict[str, str], element: str) -> None:
    submitter = replace(ENVELOPE.submitter, **changes)
    assert only(claim_file(envelope=replace(ENVELOPE, submitter=submitter))).element == element


def test_a_transaction_of_more_than_a_thousand_claims_is_found() -> None:
    many = [claim(f"P{number}") for number in range(1001)]
    found = only(claim_file(*many))
    assert found.words == "The transaction has 1,001 claims; it must have 1 to 1,000."


def test_code_sets_of_the_caller_are_asked() -> None:
    found = check(claim_file(), known_diagnosis=lambda code: code != "F329", known_procedure=lambda _: False)
    assert [(problem.level, problem.element, problem.line) for problem in found] == [
        (5, "HI02", ""),
        (5, "SV101", "L1"),
        (5, "SV101", "L2"),
    ]


def test_a_day_later_the_date_of_service_has_come() -> None:
    sent = line_claim(service_date=MADE_AT.date() + timedelta(days=1))
    assert of_claim(sent) == [(4, "DTP*472", "future")]
    assert check(claim_file(sent, made_at=MADE_AT + timedelta(days=1))) == []
