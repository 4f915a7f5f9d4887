"""Hours on pages: a plain entry for each day and kind of work."""
