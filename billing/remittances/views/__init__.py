"""Pages about remittances, denials, payer balances and adjustment codes."""
