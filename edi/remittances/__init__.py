"""Remittances (X12 835, 005010X221A1): what a payer paid, took off and says why."""
