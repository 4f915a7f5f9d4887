"""What the pages about takebacks show."""
