from django.db import migrations, models


def put_in_place(apps, schema_editor):
    apps.get_model("caching", "RecordState").objects.using(schema_editor.connection.alias).create(
        pk=1
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RecordState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "state of the record",
                "verbose_name_plural": "state of the record",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="caching_one_state"
                    )
                ],
            },
        ),
        migrations.RunPython(put_in_place, migrations.RunPython.noop),
    ]
