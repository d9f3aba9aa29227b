"""Assessments: filled-in instruments with their ratings and marks, and the keys that open them."""
