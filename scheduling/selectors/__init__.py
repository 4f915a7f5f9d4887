"""What the pages of the calendar show."""
