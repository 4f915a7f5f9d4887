"""Eligibility: what a practice asks a payer about coverage (270), and what the payer answers (271)."""
