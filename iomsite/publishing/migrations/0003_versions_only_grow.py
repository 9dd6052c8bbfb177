from django.db import migrations

from iomsite.append_only import append_only


class Migration(migrations.Migration):
    """No version is ever changed or deleted: from here on the database itself refuses it."""

    dependencies = [("publishing", "0002_review_permission")]

    operations = [append_only("publishing_version")]
