"""Clearinghouses: raw X12 bytes across one protocol, whatever the transport."""
