"""The payers after the first: what is left for them, the claims that ask them, and what their answers settle."""
