"""Functions that read a request, fetch what this person may see, call one operation, and show a page."""
