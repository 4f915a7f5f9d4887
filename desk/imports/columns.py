"""What a column can mean: the fields we take, by kind, with the words a person chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a file can bring, in the order in which it is brought over."""

    CLINICIANS = "clinicians"
    CLIENTS = "clients"
    COVERAGE = "coverage"
    SESSIONS = "sessions"
    BALANCES = "balances"


KIND_WORDS: Final[dict[str, str]] = {
    Kind.CLINICIANS: "Clinicians",
    Kind.CLIENTS: "Clients",
    Kind.COVERAGE: "Coverage",
    Kind.SESSIONS: "Sessions",
    Kind.BALANCES: "Opening balances",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column can be: `shape` says how its values are read."""

    name: str
    words: str
    shape: str = "text"


def _fields(prefix: str, **named: str) -> list[Field]:
    found = []
    for name, told in named.items():
        words, _, shape = told.partition("|")
        found.append(Field(f"{prefix}.{name}", words, shape or "text"))
    return found


GROUPS: Final[dict[str, list[Field]]] = {
    "Clinician": _fields(
        "clinician",
        full_name="Full name", first_name="First name", middle_name="Middle name", last_name="Last name",
        credentials="Letters after the name", npi="NPI|npi", email="Email|email", phone="Phone|phone",
        taxonomy_code="Taxonomy", license_type="License: type", license_number="License: number",
        license_state="License: state|state", license_expires_on="License: expires|date",
        employment_class="Terms of work (W-2, 1099)|employment", role="Role", start_date="Started on|date",
        end_date="Left on|date", external_id="Number in the former system",
    ),
    "Client": _fields(
        "client",
        full_name="Full name", first_name="First name", middle_name="Middle name", last_name="Last name",
        suffix="Suffix", preferred_name="Preferred name", pronouns="Pronouns", date_of_birth="Date of birth|birth",
        sex="Sex|sex", email="Email|email", phone_mobile="Phone: mobile|phone", phone_primary="Phone|phone",
        phone_home="Phone: home|phone", phone_work="Phone: work|phone", ok_to_text="May be texted|yes",
        address_line1="Address: street", address_line2="Address: unit", city="City", state="State|state",
        postal_code="ZIP", primary_clinician="Clinician: name", primary_clinician_email="Clinician: email|email",
        primary_clinician_npi="Clinician: NPI|npi", status="Status|client_status", created_on="Client since|date",
        guardian_name="Guardian: name", guardian_relationship="Guardian: relation", guardian_phone="Guardian: phone",
        guardian_email="Guardian: email", contact_name="Contact: name", contact_phone="Contact: phone",
        contact_email="Contact: email", emergency_contact_name="Emergency contact: name",
        emergency_contact_relationship="Emergency contact: relation",
        emergency_contact_phone="Emergency contact: phone",
        diagnosis_1="Diagnosis 1", diagnosis_2="Diagnosis 2", diagnosis_3="Diagnosis 3", diagnosis_4="Diagnosis 4",
        referral_source="How they came", admin_note="Note for the front desk", client_type="Adult, minor, couple",
        external_id="Number in the former system",
    ),
    "Coverage": _fields(
        "coverage",
        payer_name="Insurer", payer_id="Payer ID", plan_name="Plan", member_id="Member ID|member_id",
        group_number="Group number", rank="Primary or secondary|rank", copay_amount="Copay|money",
        effective_on="From|date", ended_on="To|date",
        relationship_to_subscriber="Client is the subscriber’s|relationship",
        subscriber_first_name="Subscriber: first name", subscriber_last_name="Subscriber: last name",
        subscriber_date_of_birth="Subscriber: date of birth|birth", subscriber_sex="Subscriber: sex|sex",
        subscriber_address_line1="Subscriber: street", subscriber_city="Subscriber: city",
        subscriber_state="Subscriber: state|state", subscriber_postal_code="Subscriber: ZIP",
        secondary_payer_name="Second insurer", secondary_group_number="Second insurer: group number",
    ),
    "Session": _fields(
        "session",
        start_at="Date and time|moment", date="Date|moment", start_time="Time|time", end_at="Ends at|moment",
        end_time="End time|time", duration_minutes="Minutes|minutes", clinician="Clinician: name",
        clinician_npi="Clinician: NPI|npi", clinician_email="Clinician: email|email",
        supervisor_name="Supervisor: name", supervisor_npi="Supervisor: NPI|npi",
        status="What happened|session_status", row_type="Type of the row", service_code="Service code|code",
        service_description="Service in words", modifier_1="Modifier 1|modifier", modifier_2="Modifier 2|modifier",
        modifier_3="Modifier 3|modifier", modifier_4="Modifier 4|modifier", units="Units|units",
        place_of_service="Place of service|place", location="Location", diagnosis_1="Diagnosis 1",
        diagnosis_2="Diagnosis 2", diagnosis_3="Diagnosis 3", diagnosis_4="Diagnosis 4",
        note_status="Note: signed or not|note_status", external_id="Number in the former system",
    ),
    "Charge": _fields(
        "charge",
        total="Fee|money", rate_per_unit="Fee per unit|money", client_amount="Client: charged|money",
        client_paid="Client: paid|money", client_unpaid="Client: still owed|money",
        client_status="Client: state", insurance_amount="Insurer: charged|money",
        insurance_paid="Insurer: paid|money", insurance_unpaid="Insurer: still owed|money",
        write_off="Insurer: written off|money", insurance_status="Insurer: state",
    ),
    "Opening balance": _fields(
        "opening_balance",
        amount="Amount|money", responsibility="Owed by client or insurer|responsibility", kind="Balance or credit|owed",
        as_of="As of|date", date_of_service="Date of service|date", payer_name="Insurer", clinician="Clinician: name",
        clinician_email="Clinician: email|email", client_credit="Client: credit|money",
        insurance_credit="Insurer: credit|money", source_reference="Where it comes from", description="Note",
    ),
}  # fmt: skip

FIELDS: Final[dict[str, Field]] = {field.name: field for group in GROUPS.values() for field in group}

_CLIENT: Final = ("client.external_id", "client.full_name", "client.last_name")
_CLINICIAN: Final = ("session.clinician", "session.clinician_npi", "session.clinician_email")
_OWED: Final = (
    "opening_balance.amount", "opening_balance.client_credit", "charge.client_unpaid", "charge.insurance_unpaid",
    "charge.client_amount", "charge.insurance_amount",
)  # fmt: skip
_ANY_OF: Final[dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    Kind.CLINICIANS: ((("clinician.full_name", "clinician.last_name"), "the clinician’s name"),),
    Kind.CLIENTS: ((("client.full_name", "client.last_name"), "the client’s name"),),
    Kind.COVERAGE: ((_CLIENT, "the client"), (("coverage.payer_name",), "the insurer")),
    Kind.SESSIONS: (
        (_CLIENT, "the client"),
        (_CLINICIAN, "the clinician"),
        (("session.start_at", "session.date"), "the date"),
    ),
    Kind.BALANCES: ((_CLIENT, "the client"), (_OWED, "the amount")),
}
PAIRS: Final = (("client.first_name", "client.last_name"), ("clinician.first_name", "clinician.last_name"))


def missing(kinds: frozenset[str], fields: frozenset[str]) -> list[str]:
    """What a file needs for these kinds and no column says, as phrases."""
    gaps = [words for kind in Kind if kind in kinds for group, words in _ANY_OF[kind] if not fields & set(group)]
    for first, last in PAIRS:
        if last in fields and first not in fields:
            gaps.append(f"the {last.split('.')[0]}’s first name")
    return list(dict.fromkeys(gaps))


def twice(fields: list[str | None]) -> list[str]:
    """Fields that two columns claim."""
    named = [name for name in fields if name]
    return sorted({name for name in named if named.count(name) > 1})
