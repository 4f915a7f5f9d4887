"""Remittances: stored as they arrived, matched to claims, held or posted whole, and what is left to work after it."""
