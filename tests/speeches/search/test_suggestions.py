"""Suggestions while typing: what is named, and where it leads."""

import pytest
from django.urls import reverse

from initiatives.models import Name
from iomsite.publishing.models import Status
from tests.make import make_organization, make_speech
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


def suggested(client, words):
    answer = client.get(reverse("search_suggestions"), {"q": words}).json()
    return {
        (group["label"], item["label"]): item["url"]
        for group in answer["groups"]
        for item in group["items"]
    }, answer


def test_suggestions_name_entries_and_titles_by_their_kind(client, record):
    found, answer = suggested(client, "riv")

    assert found["Meeting series", "River Forum"] == "/en/meetings/series/river-forum/"
    assert found["Meetings", "Third River Forum"] == "/en/meetings/river-forum-3/"
    assert answer["search"] == "Search for “riv”"
    assert answer["status"] == f"{len(found)} suggestions"
    assert suggested(client, "on wat")[0]["Speeches", "On water in 2006"]


def test_a_suggestion_in_another_language_says_which(client):
    entry = make_organization(slug="water-body", name="Water Body")
    Name.objects.create(organization=entry, text="هيئة المياه", language="ar", kind="primary")
    index_everything()

    [item] = suggested(client, "هيئة")[1]["groups"][0]["items"]

    assert (item["language"], item["direction"]) == ("ar", "rtl")


def test_nothing_hidden_is_suggested(client, record):
    make_organization(name="Secret Canary", status=Status.DRAFT)
    make_speech(title="Secret Canary speech", status=Status.DRAFT)
    index_everything()

    assert suggested(client, "canary")[0] == {}


@pytest.mark.parametrize("words", ["", "\x00", '"', "%", "x" * 5000])
def test_suggestions_answer_to_anything(client, record, words):
    assert suggested(client, words)[0] == {}
