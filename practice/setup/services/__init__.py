"""What changes the set-up of a practice; each function is one change."""

from __future__ import annotations

from practice.setup.services.contracts import (
    add_contract,
    change_contract,
    copy_contract,
    end_contract,
    reopen_contract,
    save_rates,
)
from practice.setup.services.identity import (
    finish_step,
    save_addresses,
    save_identity,
    save_look,
    save_organization,
    save_policies,
    start_practice,
)
from practice.setup.services.locations import add_location, change_location, switch_location
from practice.setup.services.offers import add_service, change_service, set_fee, switch_service
from practice.setup.services.payer_rules import restore_rules, set_rules, take_back_rules
from practice.setup.services.payers import add_directory_payer, add_own_payer, change_payer, switch_payer

__all__ = [
    "add_contract",
    "add_directory_payer",
    "add_location",
    "add_own_payer",
    "add_service",
    "change_contract",
    "change_location",
    "change_payer",
    "change_service",
    "copy_contract",
    "end_contract",
    "finish_step",
    "reopen_contract",
    "restore_rules",
    "save_addresses",
    "save_identity",
    "save_look",
    "save_organization",
    "save_policies",
    "save_rates",
    "set_fee",
    "set_rules",
    "start_practice",
    "switch_location",
    "switch_payer",
    "switch_service",
    "take_back_rules",
]
