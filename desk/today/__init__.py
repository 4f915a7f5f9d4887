"""Today: what needs whoever opens it, where the money is, and their day."""
