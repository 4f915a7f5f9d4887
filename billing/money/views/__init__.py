"""The pages about client money."""
