"""The directory from a file: read (pure), check (pure), write (one transaction).

The format is JSON with a list `entities`; `read` holds its fields.
"""

from pathlib import Path

SHIPPED_FILE = Path(__file__).resolve().parents[1] / "data" / "directory.json"
"""The facts that come with the project: who is who, and what meets when, in the field."""
