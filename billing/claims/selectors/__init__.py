"""What the pages about claims show."""
