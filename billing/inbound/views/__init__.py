"""Pages about what comes back from payers and clearinghouses."""
