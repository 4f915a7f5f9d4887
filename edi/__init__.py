"""X12 005010 for outpatient claims: read, write and check, in plain Python with no other part of Caseload."""
