"""Receipts and superbills."""
