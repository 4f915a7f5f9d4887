"""What the pages of hours show."""
