"""What usually puts a refusal right: from a payer's code to its likely cause, and the one field that corrects it."""
