"""How payers treat claims: days to payment, first-pass acceptance and denials, by payer and month."""
