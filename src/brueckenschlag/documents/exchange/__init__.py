"""The exchange format: everything entered, by keys, as JSON; the base that other formats carry."""
