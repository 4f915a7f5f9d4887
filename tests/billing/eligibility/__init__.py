"""Tests of asking payers who is covered."""
