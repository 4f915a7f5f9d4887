"""Client money."""
