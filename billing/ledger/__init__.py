"""Posting to the ledger: pure tables of what posts where, and the one service that writes."""
