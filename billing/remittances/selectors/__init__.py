"""What the pages about remittances, denials and payer balances show."""

from __future__ import annotations

from billing.remittances.selectors.balances import PayerBalance, payer_balances

__all__ = ["PayerBalance", "payer_balances"]
