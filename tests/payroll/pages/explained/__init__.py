"""One person's pay, line by line."""
