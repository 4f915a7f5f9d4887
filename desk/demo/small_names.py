"""The facts of the demo's practice. All people are invented; the NPIs carry a right check digit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

SERVICES: Final[tuple[dict[str, Any], ...]] = (
    {"code": "90791", "name": "Intake", "kind": "intake", "minutes": 60, "fee": Decimal("215.00")},
    {
        "code": "90834",
        "name": "Therapy 45",
        "kind": "individual",
        "minutes": 45,
        "time_min": 38,
        "time_max": 52,
        "fee": Decimal("142.00"),
    },
    {
        "code": "90837",
        "name": "Therapy 60",
        "kind": "individual",
        "minutes": 55,
        "time_min": 53,
        "fee": Decimal("168.00"),
    },
)

PAYERS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "Keystone Mutual", "payer_id": "KEYM1", "filing_days": 90},
    {"name": "Blue Harbor PPO", "payer_id": "BLHB2", "filing_days": 180},
)


def _clinician(first_name: str, last_name: str, credentials: str, engagement: str, npi: str) -> dict[str, str]:
    return {
        "first_name": first_name,
        "last_name": last_name,
        "credentials": credentials,
        "engagement": engagement,
        "npi": npi,
    }


CLINICIANS: Final = (
    _clinician("Alice", "Moreau", "LCSW", "w2_exempt", "1740000017"),
    _clinician("Charlie", "Nguyen", "LPC", "w2_nonexempt", "1740000025"),
    _clinician("Dana", "Whitfield", "LCSW", "contractor", "1740000033"),
    _clinician("Grace", "Lindqvist", "PsyD", "w2_exempt", "1740000041"),
)


def _person(first_name: str, last_name: str, born: dt.date, sex: str) -> dict[str, Any]:
    return {"first_name": first_name, "last_name": last_name, "date_of_birth": born, "sex": sex}


CLIENTS: Final = (
    _person("Marisol", "Vega", dt.date(1992, 5, 12), "F"),
    _person("Theo", "Lindgren", dt.date(1985, 2, 3), "M"),
    _person("Aisha", "Coleman", dt.date(1999, 9, 21), "F"),
    _person("Ben", "Ostrowski", dt.date(1978, 11, 30), "M"),
    _person("Delia", "Marsh", dt.date(1990, 7, 8), "F"),
    _person("Owen", "Pruitt", dt.date(1969, 1, 17), "M"),
    _person("Yuki", "Sandoval", dt.date(2001, 4, 26), "F"),
    _person("Farah", "Iqbal", dt.date(1994, 12, 2), "F"),
    _person("Caleb", "Winthrop", dt.date(1982, 6, 14), "M"),
    _person("Nina", "Delacroix", dt.date(1996, 3, 9), "F"),
    _person("Rosa", "Imbert", dt.date(1973, 10, 5), "F"),
    _person("Peter", "Hsu", dt.date(1988, 8, 19), "M"),
)
