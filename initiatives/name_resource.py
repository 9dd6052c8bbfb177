"""The spreadsheet of other names: a name belongs to an entry of any kind, in one column."""

from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field

from initiatives import columns
from initiatives.models import Name
from initiatives.models.names import OWNERS, owner_field
from initiatives.resources import DirectoryResource, make_column


class EntryColumn(Field):
    """The entry that a name belongs to, as kind and address: `organization/iom`."""

    def get_value(self, instance: Any) -> str:
        for owner in OWNERS:
            if entry := getattr(instance, owner):
                return f"{owner}/{entry.slug}"
        return ""

    def clean(self, row: Any, **kwargs: Any) -> Any:
        text = columns.cell_text(row.get(self.column_name))
        kind, _slash, slug = text.partition("/")
        if kind not in OWNERS or not slug:
            raise ValueError(
                _("“%(value)s” names no entry. Write its kind and address: organization/iom.")
                % {"value": text}
            )
        model: Any = Name._meta.get_field(kind).related_model
        entry = model.objects.filter(slug=slug).first()
        if entry is None:
            raise ValueError(columns.missing(model, slug))
        return entry

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        entry = self.clean(row)
        setattr(instance, owner_field(entry), entry)


class NameResource(DirectoryResource):
    """The table of other names; a row is found by entry, text, language and kind."""

    entry = EntryColumn("entry", "entry")
    text = Field("text", "text", columns.TextWidget())
    language = make_column(Name._meta.get_field("language"))
    kind = make_column(Name._meta.get_field("kind"))
    policy = make_column(Name._meta.get_field("policy"))

    class Meta(DirectoryResource.Meta):
        model = Name
        fields = ["entry", "text", "language", "kind", "policy"]
        import_order = fields
        export_order = fields
        import_id_fields = ["entry", "text", "language", "kind"]

    def get_instance(self, instance_loader: Any, row: Any) -> Name | None:
        entry = self.fields["entry"].clean(row)
        keys = {name: self.fields[name].clean(row) for name in ("text", "language", "kind")}
        return Name.objects.of(entry).filter(**keys).first()
