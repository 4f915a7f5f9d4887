"""Questions to payers that a practice has its organization ask."""
