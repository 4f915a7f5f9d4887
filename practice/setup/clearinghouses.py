"""The clearinghouses at which a payer may go by another ID."""

from __future__ import annotations

from typing import Final

CLEARINGHOUSES: Final = {
    "office_ally": "Office Ally",
    "availity": "Availity",
    "claim_md": "Claim.MD",
    "stedi": "Stedi",
}
