"""The pages that findings lead to, by URL name, with whether the address names an object."""

from __future__ import annotations

from typing import Final

ADDRESSES: Final = "setup_addresses"
IDENTITY: Final = "setup_identity"
POLICIES: Final = "setup_policies"
SERVICES: Final = "setup_services"
LOCATIONS: Final = "setup_locations"
SETTINGS: Final = "settings"
CLIENT: Final = "client"
COVERAGE: Final = "client_coverage"
CLINICIAN: Final = "clinician"
ENROLLMENT: Final = "clinician_enrollment"
PAPERS: Final = "clinician_papers"
SUPERVISION: Final = "clinician_supervision"
PAYER: Final = "payer"
SESSION: Final = "session"
NOTE: Final = "note"
HOLDS: Final = "holds"
OF_PRACTICE: Final = frozenset({ADDRESSES, IDENTITY, LOCATIONS, POLICIES, SERVICES, SETTINGS, HOLDS})
OF_OBJECT: Final = frozenset({CLIENT, COVERAGE, CLINICIAN, ENROLLMENT, PAPERS, SUPERVISION, PAYER, SESSION, NOTE})
KNOWN: Final = OF_PRACTICE | OF_OBJECT
