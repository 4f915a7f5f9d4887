"""Who owes the practice, since when: the receivables of the ledger by age, as of any day."""
