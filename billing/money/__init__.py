"""Client money: payments taken elsewhere, credit, refunds, write-offs, and the running account."""
