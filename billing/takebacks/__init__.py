"""Takebacks: one record for each payer and reference, from the first notice until it is settled."""
