"""The pages of pay rules."""
