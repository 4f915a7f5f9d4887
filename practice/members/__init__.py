"""Who has access to a practice, with which roles, and who was invited."""
