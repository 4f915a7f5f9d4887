"""Bringing a practice's data over from files: clinicians, clients, coverage, sessions and opening balances."""
