"""Keeping claims and sessions back with a reason, until a day or until somebody lets them go."""
