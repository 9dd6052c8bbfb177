"""Finding names in a text. Pure: no Django, no database, the same answer for the same input."""
