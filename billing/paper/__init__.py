"""Remittances on paper: keyed by hand until they add up, then held, matched, posted and undone like an 835."""
