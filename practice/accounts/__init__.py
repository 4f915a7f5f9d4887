"""Accounts: signing in, a second factor, invitations."""
