"""Reports: what was done, billed, collected and is owed, by clinician, payer and week."""
