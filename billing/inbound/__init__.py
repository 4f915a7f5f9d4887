"""What comes back from payers and clearinghouses: stored first, then read, then applied transaction by transaction."""
