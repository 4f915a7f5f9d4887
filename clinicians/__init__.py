"""Licenses, engagements, supervision, working hours and payer enrollment."""
