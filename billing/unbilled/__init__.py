"""The filing clock: everything that no payer was asked for yet, by how near its deadline is and what is in the way."""
