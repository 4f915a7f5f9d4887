"""Compensation rules, schedules, runs and exports."""
