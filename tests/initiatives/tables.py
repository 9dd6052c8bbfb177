"""Sending tables into the admin and taking them out, as a browser does."""

from django.core.files.base import ContentFile
from django.test import Client

from tests.make import make_staff

CSV, XLSX = "0", "1"
ADDRESS = "/admin/initiatives/organization/"


def logged_in(role: str = "editor") -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


def upload(client: Client, table: str | bytes, kind: str = CSV, address: str = ADDRESS):
    content = table.encode() if isinstance(table, str) else table
    file = ContentFile(content, name="table.csv" if kind == CSV else "table.xlsx")
    return client.post(f"{address}import/", {"import_file": file, "format": kind, "resource": "0"})


def confirm(client: Client, preview, address: str = ADDRESS):
    assert "confirm_form" in preview.context, preview.content.decode()
    return client.post(f"{address}process_import/", preview.context["confirm_form"].initial)


def export(client: Client, kind: str = CSV, address: str = ADDRESS) -> bytes:
    page = client.get(f"{address}export/")
    form = page.context["form"]
    ticked = {name: "on" for name, field in form.fields.items() if hasattr(field, "resource_name")}
    response = client.post(f"{address}export/", ticked | {"format": kind, "resource": "0"})
    assert response.headers["Content-Disposition"].startswith("attachment"), response.content
    return response.content
