"""Claim acknowledgments (X12 277CA, 005010X214): which claims a clearinghouse or payer takes, and which not."""
