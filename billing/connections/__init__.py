"""Connections to clearinghouses: set up, checked, trusted, switched off."""
