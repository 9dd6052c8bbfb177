"""Fill in a form of the admin as a browser would: everything it shows, and what a test changes."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client


def shown_form(client: Client, address: str) -> dict[str, Any]:
    """Return what the form on a page would send if nothing were changed."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    page = BeautifulSoup(response.content, "lxml")
    form = page.select_one("#content-main form")
    assert form is not None
    values: dict[str, Any] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type")
        if "__prefix__" in name or kind in {"submit", "file"}:
            continue
        if control.name == "textarea":
            values[name] = control.text.removeprefix("\n")
        elif control.name == "select":
            chosen = [option["value"] for option in control.select("option[selected]")]
            first = control.select_one("option")
            is_single = not control.has_attr("multiple")
            values[name] = chosen or ([first["value"]] if first and is_single else [])
        elif kind in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                values.setdefault(name, []).append(control.get("value", "on"))
        else:
            values[name] = control.get("value", "")
    return values


def submit(client: Client, address: str, **changes: Any) -> HttpResponse:
    """Send the form on a page with some values changed."""
    return client.post(address, shown_form(client, address) | changes)


def errors_of(response: HttpResponse) -> str:
    """Return all that a refused form says is wrong; empty when it was accepted."""
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(
        error.get_text(" ", strip=True) for error in page.select(".errorlist, .errornote")
    )
