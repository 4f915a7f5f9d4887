"""The permission matrix: every address × every persona × own and other practice × every method."""
