"""Django, started in the database that the arguments or the environment name."""

import os

import django


def start(database: str = "") -> None:
    """Set the site up. `database` is an URL as in DATABASE_URL; empty leaves the site's own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
    if database:
        os.environ["DATABASE_URL"] = database
    django.setup()
