# What is stored is known by its checksum, and lies apart from what a web server may serve.

import hashlib

from django.core.files.storage import default_storage, storages
from django.db import migrations, models

import iomsite.files.fields
import iomsite.files.storage


def move_to_private_storage(apps, schema_editor):
    """Move each attached file to private storage, and note its checksum and size."""
    attachment = apps.get_model("speeches", "Attachment")
    private = storages["private"]
    rows = attachment.objects.using(schema_editor.connection.alias)
    for row in rows.exclude(file="").iterator():
        name = str(row.file)
        if not private.exists(name) and default_storage.exists(name):
            with default_storage.open(name) as stored:
                private.save(name, stored)
            default_storage.delete(name)
        if private.exists(name):
            with private.open(name) as stored:
                row.checksum = hashlib.file_digest(stored.file, "sha256").hexdigest()
            row.size = private.size(name)
            rows.filter(pk=row.pk).update(checksum=row.checksum, size=row.size)


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0003_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='checksum',
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64, verbose_name='SHA-256'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='size',
            field=models.PositiveBigIntegerField(default=0, editable=False, verbose_name='bytes'),
        ),
        migrations.RunPython(move_to_private_storage, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='attachment',
            name='file',
            field=iomsite.files.fields.PrivateFileField(blank=True, storage=iomsite.files.storage.private_storage, upload_to='attachments', verbose_name='file'),
        ),
    ]
