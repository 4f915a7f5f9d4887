"""Pages about claims and batches."""
