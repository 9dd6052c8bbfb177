"""Make the roles editor, reviewer and publisher, and the permissions to publish."""

from django.db import migrations

from iomsite.publishing import roles


def create(apps, schema_editor):
    roles.create_roles(apps, schema_editor.connection.alias)


def remove(apps, schema_editor):
    roles.remove_roles(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("speeches", "0001_initial"),
        ("initiatives", "0001_initial"),
        ("pages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create, remove)]
