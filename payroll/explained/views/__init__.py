"""Pages about one person's pay."""
