"""The pages about takebacks."""
