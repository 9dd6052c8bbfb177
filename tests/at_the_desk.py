"""Somebody at a browser of their own, who opens, saves and merges a speech."""

from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from iomsite.publishing.desk import Desk
from speeches.models import Speech
from tests.forms import shown_form
from tests.make import make_staff


class Editor:
    """Somebody at a browser of their own."""

    def __init__(self, **values: Any) -> None:
        self.user: User = make_staff(**values)
        self.client = Client()
        self.client.force_login(self.user)

    def opens(self, speech: Speech) -> dict[str, Any]:
        return shown_form(self.client, address_of(speech))

    def saves(self, speech: Speech, form: dict[str, Any], **changes: Any) -> HttpResponse:
        return self.client.post(address_of(speech), form | changes)

    def reads(self, speech: Speech) -> str:
        return self.client.get(address_of(speech)).content.decode()

    def merges(self, page: HttpResponse, **choices: str) -> HttpResponse:
        form = BeautifulSoup(page.content, "lxml").select_one("#content-main form[method=post]")
        assert form is not None
        values = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
        return self.client.post(form["action"], values | choices)


def address_of(speech: Speech) -> str:
    return f"/admin/speeches/speech/{speech.pk}/change/"


def next_state(speech: Speech) -> dict[str, Any]:
    return Desk(Speech.objects.get(pk=speech.pk)).content


def next_text(speech: Speech, name: str = "body") -> str:
    return next_state(speech)["parts"]["texts"][0]["fields"][name]


def words_on(page: HttpResponse) -> str:
    found = BeautifulSoup(page.content, "lxml").select_one("#content-main")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def choices_on(page: HttpResponse) -> dict[str, str]:
    """Return the control of each choice by what it is about, in the order of the page."""
    found = BeautifulSoup(page.content, "lxml").select("fieldset.clash")
    return {
        clash.legend.get_text(strip=True): str(clash.input["name"])  # type: ignore[union-attr]
        for clash in found
    }


def new_contribution(speech: Speech, name: str, **values: Any) -> dict[str, Any]:
    row = {"role": "reader", "name": name, "position": "1", "speech": speech.pk} | values
    return {"contributions-TOTAL_FORMS": "1"} | {
        f"contributions-0-{field}": value for field, value in row.items()
    }
