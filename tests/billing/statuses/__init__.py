"""Tests of asking payers where claims stand."""
