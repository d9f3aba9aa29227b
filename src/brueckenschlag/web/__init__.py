"""The door for people: pages, forms, templates, static files."""
