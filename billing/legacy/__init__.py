"""Claims billed in a former system whose money comes here."""
