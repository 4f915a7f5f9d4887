"""Every finding is a sentence with a way out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from clients.authorizations import Place
from scheduling.readiness import Facts, Finding
from scheduling.readiness.checks import CHECKS
from scheduling.readiness.checks.diagnoses import Released
from scheduling.readiness.checks.duplicates import Other
from scheduling.readiness.facts import AuthorizationFacts, DiagnosisFacts, EnrollmentFacts, LicenseFacts, LocationFacts
from tests.scheduling.readiness.examples import (
    COUNTED,
    CRISIS,
    FAMILY,
    FIRST_HALF,
    FURTHER,
    FURTHER_HALF,
    INTERACTIVE,
    LONG,
    PRACTICE,
    SHORT,
    VISIT,
    WITH_VISIT,
    added,
    at,
    client,
    clinician,
    judged,
    lasting,
    ready,
    service,
    with_payer,
    with_plan,
    with_rules,
)

PAST, LATER = dt.date(2026, 10, 31), dt.date(2026, 12, 1)
ASSOCIATE = clinician(level="associate")
ALLOWED = AuthorizationFacts(id=1, number="A", units=1, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))
RELEASED = Released([(3, dt.date(2026, 10, 1), dt.date(2027, 9, 30))], {(3, "F411"): True, (3, "F41"): False})
EXTRA: dict[str, Any] = {
    "diagnosis_invalid": RELEASED,
    "authorization_used": {1: Place(ALLOWED, 12)},
    "duplicate": {1: Other(2, 11, at(8, 1), True)},
}


def enrolled(status: str, since: dt.date | None = None, until: dt.date | None = None) -> Facts:
    row = EnrollmentFacts(payer_id=70, status=status, effective_on=since, ends_on=until)
    return ready(rendering=clinician(enrollments=(row,)))


BROKEN = [
    ready(now=at(9, 44)),
    ready(service=None, actual_start=None, actual_stop=None, location=None, rendering=None, diagnoses=()),
    ready(actual_start=None),
    ready(actual_stop=None),
    ready(telehealth=True, place_of_service="11"),
    ready(place_of_service="02"),
    ready(telehealth=True, client=client(state="")),
    lasting(10, SHORT),
    lasting(60, SHORT),
    lasting(10, LONG, self_pay=True),
    lasting(80, CRISIS),
    lasting(80, CRISIS, practice=replace(PRACTICE, services=())),
    lasting(60, CRISIS, add_ons=added(FURTHER)),
    ready(service=INTERACTIVE, units=3),
    ready(service=service(20, "90899", kind="add_on")),
    ready(service=FAMILY, add_ons=added(INTERACTIVE), units=2),
    ready(add_ons=added(LONG)),
    lasting(10, VISIT, add_ons=added(WITH_VISIT)),
    lasting(45, COUNTED, units=5),
    lasting(45, COUNTED, units=1),
    lasting(60, FIRST_HALF, add_ons=added(FURTHER_HALF, 3)),
    lasting(40, FIRST_HALF, add_ons=added(FURTHER_HALF)),
    ready(diagnoses=(), client=client(diagnoses=(DiagnosisFacts(code="F33.1", starts_on=PAST),))),
    ready(diagnoses=(), client=client(diagnoses=(DiagnosisFacts(code="F33.1", starts_on=PAST, ends_on=PAST),))),
    ready(diagnoses=("F41", "F49.9", "what", *(f"F4{n}.1" for n in range(12)))),
    ready(self_pay=True, service=service(2, "90834", fees=())),
    ready(outcome="no_show", practice=replace(PRACTICE, is_set_up=False)),
    ready(coverage=None, client=client(coverages=())),
    ready(coverage=None),
    ready(coverage=with_plan(ends_on=PAST)),
    ready(coverage=with_plan(starts_on=LATER, member_id="", is_own=False)),
    ready(client=client(date_of_birth=None, sex="", has_address=False)),
    ready(coverage=with_plan(authorizations=(ALLOWED,))),
    ready(coverage=with_plan(authorizations=(replace(ALLOWED, ends_on=PAST),))),
    *(enrolled(status) for status in ("gathering", "sent", "review", "denied", "ended")),
    enrolled("effective", dt.date(2026, 11, 17)),
    enrolled("effective", LATER),
    enrolled("effective", PAST, PAST),
    ready(rendering=clinician(enrollments=(), npi="", taxonomy="", licenses=())),
    ready(rendering=clinician(npi="1234567890", licenses=(LicenseFacts(state="PA", expires_on=PAST),))),
    ready(telehealth=True, client_state="NJ"),
    ready(location=LocationFacts(id=3, name="Newark", state="NJ")),
    ready(location=LocationFacts(id=3, name="Newark", address1="9 Elm Street", state="NJ", zip="07102")),
    ready(service=service(2, "90834", is_active=False)),
    ready(coverage=with_plan(member_id="K")),
    ready(coverage=with_rules(member_id_form="AAA999, 9AX9AX9AA99")),
    ready(coverage=with_payer(electronic_for={"837": "1679576722"})),
    ready(coverage=with_payer(payer_id="")),
    ready(coverage=with_payer(electronic_since={})),
    ready(coverage=with_payer(electronic_since={"837": LATER})),
    ready(rendering=ASSOCIATE),
    ready(rendering=ASSOCIATE, coverage=with_rules(supervised="associate")),
    ready(coverage=with_rules(wants_referring=True, authorized_codes=("90834",))),
    ready(modifiers=("95",)),
    ready(modifiers=("HO",), telehealth=True, client_state="PA"),
    ready(modifiers=("GT",), telehealth=True, client_state="PA"),
    ready(modifiers=("93",), telehealth=True, client_state="PA", coverage=with_rules(audio_modifier="")),
    ready(practice=replace(PRACTICE, npi="", legal_name="", has_ein=False, zip="")),
    ready(practice=replace(PRACTICE, npi="1234567890", address1="PO Box 3")),
    ready(now=at(10, day=dt.date(2027, 2, 14))),
    ready(now=at(10, day=dt.date(2027, 2, 13))),
    ready(now=at(10, day=dt.date(2027, 3, 14))),
]


def every_finding() -> Iterator[Finding]:
    for facts in BROKEN:
        for kind in CHECKS:
            yield from judged(kind.code, facts, EXTRA.get(kind.code))


def test_every_check_is_heard_of() -> None:
    assert {finding.code for finding in every_finding()} == {kind.code for kind in CHECKS}


def test_every_title_is_a_sentence() -> None:
    for finding in every_finding():
        assert finding.title.endswith("."), finding.title
        assert finding.title[0].isupper() or finding.title.startswith(("what", *"0123456789")), finding.title
        assert not finding.why or finding.why.endswith("."), finding.why


def test_every_finding_has_a_way_out_or_a_name_to_wait_for() -> None:
    for finding in every_finding():
        assert finding.actions or finding.waits_on, finding.title
        assert len(finding.actions) <= 2, finding.title


def test_every_action_says_what_it_does() -> None:
    for finding in every_finding():
        for action in finding.actions:
            assert bool(action.field) != bool(action.url_name), action
            assert action.label[0].isupper()
            assert not action.label.endswith(".")


def test_every_page_that_is_offered_exists() -> None:
    for finding in every_finding():
        for action in finding.actions:
            if action.url_name:
                assert reverse(action.url_name, args=["fernhollow", *action.url_args])


def test_no_code_stands_without_words() -> None:
    for finding in every_finding():
        text = f"{finding.title} {finding.why}"
        assert "_" not in text
        assert finding.title.count(" ") >= 2, finding.title
        assert not re.search(r"\b(None|True|False)\b(?! of| carried| is)", text), text
        assert not re.search(r"please|oops|successfully|!|'", text, re.IGNORECASE), text


def test_the_ready_session_has_no_finding() -> None:
    quiet = {"diagnosis_invalid": RELEASED, "authorization_used": {}, "duplicate": {}}
    for kind in CHECKS:
        assert judged(kind.code, ready(), quiet.get(kind.code)) == []
