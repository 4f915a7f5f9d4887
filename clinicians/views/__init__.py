"""The pages of the team."""
