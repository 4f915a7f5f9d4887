"""Tests of the payroll room."""
