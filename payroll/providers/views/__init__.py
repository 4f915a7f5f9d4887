"""The pages of payroll providers."""
