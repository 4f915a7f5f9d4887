"""Pages about accounts, beside allauth's own."""
