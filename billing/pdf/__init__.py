"""Documents for clients on paper: receipts and superbills."""
