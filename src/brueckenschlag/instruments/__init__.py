"""Instruments: what a Praxishilfe consists of, read from YAML, typed and checked. Free of Django."""
