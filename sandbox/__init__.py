"""The sandbox payer: a test clearinghouse and payer in a program of its own; it knows bytes and a scenario file."""
