"""Files for payroll providers."""
