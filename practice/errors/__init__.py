"""Answers to requests that go no further, and database errors in words."""
