"""Contacts, coverage, authorizations, diagnoses and consents."""
