"""Who reviews: the permission, and the roles that have it."""

from django.db import migrations

from iomsite.publishing import roles


def grant(apps, schema_editor):
    roles.grant_review(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("pages", "0001_initial"),
        ("initiatives", "0001_initial"),
        ("speeches", "0003_search"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
