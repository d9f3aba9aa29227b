"""Letters: one function each."""
