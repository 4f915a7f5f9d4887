"""Documentation status and what is written about an attendance."""
