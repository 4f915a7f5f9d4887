"""Acknowledgments of files: TA1 for the interchange, 999 for the transactions in it."""
