"""Claims, clearinghouse connections, remittances, the ledger and client payments."""
