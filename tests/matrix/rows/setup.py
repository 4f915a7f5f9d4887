"""Settings and the set-up: Alice changes them, Bob and Ivan see them, of rates Ivan sees nothing."""

from __future__ import annotations

from typing import Any

from practice.models import (
    Contract,
    ContractRate,
    Location,
    PayerDirectoryEntry,
    PayerRules,
    Practice,
    PracticePayer,
    PracticeSettings,
    Service,
    ServiceFee,
)
from tests.matrix.row import EVERYONE, Row
from tests.matrix.rows._facts import of, sends
from tests.matrix.world import World

SEES = "alice bob ivan"
EDITS = "alice"
RATES = "alice bob"
BILLS = "alice bob"


def entry(world: World, practice: Practice) -> dict[str, Any]:
    """A payer of the directory that nobody uses yet."""
    return {"entry": PayerDirectoryEntry.objects.order_by("key")[0].pk}


def rate(world: World, practice: Practice) -> dict[str, Any]:
    """A rate for every level of one service."""
    return {f"rate_{world.one(practice, 'service_90853').pk}_every": "45.00"}


ADDRESS = {"address1": "9 Elm Street", "city": "Troy", "state": "NY", "zip": "12180-0001"}
IDENTITY = {"legal_name": "New Name PLLC", "npi": "1234567893"}
POLICIES = {
    "late_cancel_hours": "48",
    "late_cancel_fee": "80",
    "no_show_fee": "110",
    "attester": "clinician",
    "confirm_within_hours": "72",
    "send_delay_minutes": "15",
}
LOCATION = {"name": "Annex", "place_of_service": "11", **ADDRESS}
SERVICE = {"code": "90832", "name": "Psychotherapy, 30 minutes", "kind": "individual", "minutes": "30", "insured": "on"}
PAYER = {"name": "Cedar Health", "payer_id": "CED01", "claim_filing_indicator": "CI", "filing_days": "120"}
RULES = {
    "starts_on": "2026-09-01",
    "taxonomy": "billing",
    "home_place": "10",
    "elsewhere_place": "02",
    "video_modifier": "GT",
    "audio_modifier": "93",
    "supervised": "supervisor",
    "sessions": "together",
    "filing_days": "120",
    "secondary_filing_days": "60",
    "authorized_codes": "96130",
}
CONTRACT = {"name": "2025 rates", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}
COPY = {"name": "2027 rates", "starts_on": "2027-01-01"}

STEPS = [
    Row("settings", SEES),
    Row("setup_identity", SEES),
    Row("setup_identity", EDITS, "POST", body=sends(**IDENTITY), changes=PracticeSettings),
    Row("setup_taxonomies", SEES),
    Row("setup_addresses", SEES),
    Row("setup_addresses", EDITS, "POST", body=sends(**ADDRESS), changes=PracticeSettings),
    Row("setup_look", SEES),
    Row("setup_look", EDITS, "POST", body=sends(name="Fern", time_zone="America/Chicago"), changes=PracticeSettings),
    Row("setup_organization", SEES),
    Row("setup_organization", EDITS, "POST", body=sends(business_model="ipa"), changes=PracticeSettings),
    Row("setup_policies", SEES),
    Row("setup_policies", EDITS, "POST", body=sends(**POLICIES), changes=PracticeSettings),
    Row("finish_setup_step", EDITS, "POST", body=sends(step="payers"), changes=PracticeSettings),
    Row("practice_logo", EVERYONE),
]
LOCATIONS = [
    Row("setup_locations", SEES),
    Row("add_location", EDITS),
    Row("add_location", EDITS, "POST", body=sends(**LOCATION), changes=Location),
    Row("location", SEES, ids=of("office")),
    Row("location", EDITS, "POST", ids=of("office"), body=sends(**LOCATION), changes=Location),
    Row("deactivate_location", EDITS, "POST", ids=of("office"), changes=Location),
    Row("activate_location", EDITS, "POST", ids=of("retired_location"), changes=Location),
]
SERVICES = [
    Row("setup_services", SEES),
    Row("service_codes", EDITS),
    Row("add_service", EDITS),
    Row("add_service", EDITS, "POST", body=sends(**SERVICE), changes=Service),
    Row("service", SEES, ids=of("service_90834")),
    Row("service", EDITS, "POST", ids=of("service_90834"), body=sends(**SERVICE), changes=Service),
    Row(
        "set_service_fee",
        EDITS,
        "POST",
        ids=of("service_90834"),
        body=sends(amount="170.00", starts_on="2027-01-01"),
        changes=ServiceFee,
    ),
    Row("deactivate_service", EDITS, "POST", ids=of("service_90834"), changes=Service),
    Row("activate_service", EDITS, "POST", ids=of("retired_service"), changes=Service),
]
PAYERS = [
    Row("setup_payers", SEES),
    Row("payer_directory", SEES),
    Row("add_directory_payer", EDITS, "POST", body=entry, changes=PracticePayer),
    Row("add_own_payer", EDITS),
    Row("add_own_payer", EDITS, "POST", body=sends(**PAYER), changes=PracticePayer),
    Row("payer", SEES, ids=of("payer")),
    Row("payer", EDITS, "POST", ids=of("payer"), body=sends(**PAYER), changes=PracticePayer),
    Row("set_payer_rules", BILLS, ids=of("payer")),
    Row("set_payer_rules", BILLS, "POST", ids=of("payer"), body=sends(**RULES), changes=PayerRules),
    Row("take_back_payer_rules", BILLS, "POST", ids=of("payer_rules"), changes=PayerRules),
    Row("restore_payer_rules", BILLS, "POST", ids=of("withdrawn_rules"), changes=PayerRules),
    Row("deactivate_payer", EDITS, "POST", ids=of("payer"), changes=PracticePayer),
    Row("activate_payer", EDITS, "POST", ids=of("retired_payer"), changes=PracticePayer),
]
CONTRACTS = [
    Row("add_contract", RATES, ids=of("payer")),
    Row("add_contract", RATES, "POST", ids=of("payer"), body=sends(**CONTRACT), changes=Contract),
    Row("contract", RATES, ids=of("contract")),
    Row(
        "change_contract",
        RATES,
        "POST",
        ids=of("contract"),
        body=sends(name="Rates", starts_on="2026-01-01"),
        changes=Contract,
    ),
    Row("save_contract_rates", RATES, "POST", ids=of("contract"), body=rate, changes=ContractRate),
    Row("end_contract", RATES, "POST", ids=of("contract"), body=sends(ends_on="2026-12-31"), changes=Contract),
    Row("reopen_contract", RATES, "POST", ids=of("ended_contract"), changes=Contract),
    Row("copy_contract", RATES, ids=of("contract")),
    Row("copy_contract", RATES, "POST", ids=of("contract"), body=sends(**COPY), changes=Contract),
]

ROWS: list[Row] = [*STEPS, *LOCATIONS, *SERVICES, *PAYERS, *CONTRACTS]
