"""The two walls between practices: the ORM names its practice, and PostgreSQL checks it."""
