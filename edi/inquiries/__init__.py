"""Claim status inquiries (X12 276) and their answers (277), 005010X212: what became of a claim a payer was sent."""
