"""Billing another payer after a refusal."""
