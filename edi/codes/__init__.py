"""What the codes of the answers mean, in our own words, and what each asks of a practice."""
