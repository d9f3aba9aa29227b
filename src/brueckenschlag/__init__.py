"""Brückenschlag: the interactive edition of a Praxishilfe."""

__version__ = "0.1.0"
