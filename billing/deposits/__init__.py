"""Deposits: which payments are not seen in the bank yet, marked several at once by a statement of the bank."""
