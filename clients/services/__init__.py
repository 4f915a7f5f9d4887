"""What changes the record of a client. Each function is one change, written into the trail."""

from __future__ import annotations

from clients.services.authorizations import (
    add_authorization,
    change_authorization,
    remove_authorization,
    restore_authorization,
)
from clients.services.bringing import (
    NewClient,
    NewCoverage,
    add_clients,
    add_coverages,
    take_back_clients,
    take_back_coverages,
)
from clients.services.caseloads import assign_clinician, end_caseload, reopen_caseload
from clients.services.contacts import add_contact, change_contact, remove_contact, restore_contact
from clients.services.coverages import (
    add_coverage,
    change_coverage,
    end_coverage,
    remove_coverage,
    reopen_coverage,
)
from clients.services.diagnoses import (
    add_diagnosis,
    end_diagnosis,
    move_diagnosis,
    remove_diagnosis,
    reopen_diagnosis,
    restore_diagnosis,
)
from clients.services.people import add_client, change_client, change_status
from clients.services.viewing import open_record

__all__ = [
    "NewClient",
    "NewCoverage",
    "add_authorization",
    "add_client",
    "add_clients",
    "add_contact",
    "add_coverage",
    "add_coverages",
    "add_diagnosis",
    "assign_clinician",
    "change_authorization",
    "change_client",
    "change_contact",
    "change_coverage",
    "change_status",
    "end_caseload",
    "end_coverage",
    "end_diagnosis",
    "move_diagnosis",
    "open_record",
    "remove_authorization",
    "remove_contact",
    "remove_coverage",
    "remove_diagnosis",
    "reopen_caseload",
    "reopen_coverage",
    "reopen_diagnosis",
    "restore_authorization",
    "restore_contact",
    "restore_diagnosis",
    "take_back_clients",
    "take_back_coverages",
]
