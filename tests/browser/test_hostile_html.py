"""Hundreds of ways to smuggle in a script, through every field, into every page: none runs."""

import html
from urllib.parse import quote, unquote

import pytest
from django.urls import reverse

from iomsite.markup import sanitize
from speeches.models import SpeechText
from speeches.passages import split
from speeches.rendering import render
from tests.browser.hostile_world import TIMES, WORD, make_everything, words_for
from tests.browser.listening import Listener, body_of, shown
from tests.browser.payloads import FAMILIES, PAYLOADS
from tests.loaded import loaded_for_a_class
from tests.make import make_staff
from tests.searching import index_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def listener(browser):
    return Listener.start(browser)


RAW = {
    "text": "<p>{}</p>",
    "attribute": '<p title="{}">',
    "attribute in single quotes": "<p title='{}'>",
    "address": '<a href="{}">x</a>',
}
"""Where a page that forgets to escape puts the words of others."""


def test_the_list_is_long_and_of_many_families():
    assert len(PAYLOADS) >= 300
    assert len(FAMILIES) >= 10


def test_a_page_that_forgets_to_escape_is_caught(listener):
    """The control: the same words, raw, or decoded once more than they may be."""
    missed, ran = set(range(len(PAYLOADS))), 0
    for form in RAW.values():
        pages = [(str(n), form.replace("{}", PAYLOADS[n])) for n in sorted(missed)]
        found = [(name, what) for name, what in listener.find(pages) if name.isdigit()]
        missed -= {int(name) for name, what in found if what != "stuck"}
        ran += len({name for name, what in found if what == "ran"})
    decoded = [(str(n), html.unescape(unquote(PAYLOADS[n]))) for n in sorted(missed)]
    missed -= {int(name) for name, _what in listener.find(decoded) if name.isdigit()}

    assert len(PAYLOADS) - len(missed) >= 300
    assert ran >= 100
    assert any("evil.example" in address for address in listener.asked)


class TestStored:
    """Payloads in every text field of every kind of item, written past all forms."""

    @pytest.fixture(scope="class", autouse=True)
    def everything(self, django_db_setup, django_db_blocker):
        with loaded_for_a_class(django_db_blocker):
            made = [make_everything(number) for number in range(TIMES)]
            index_everything()
            yield made

    def test_no_page_of_an_item_runs_any(self, client, listener, everything):
        kinds = ("organization", "person", "initiative", "series", "meeting", "page")
        pages = [(f"{kind} {number}", items[kind].get_absolute_url())
                 for number, items in enumerate(everything) for kind in kinds]  # fmt: skip

        assert listener.find(shown(client, pages)) == []

    def test_no_page_of_a_speech_runs_any_with_or_without_marked_words(
        self, client, listener, everything
    ):
        pages = [(f"speech {number}", f"{items['speech'].get_absolute_url()}?highlight={WORD}")
                 for number, items in enumerate(everything)]  # fmt: skip

        assert listener.find(shown(client, pages)) == []

    def test_no_list_runs_any(self, client, listener):
        lists = ["home", "about", "initiatives:glossary", "initiatives:country_list"]
        pages = [(name, reverse(name)) for name in lists]
        pages.append(("country", reverse("initiatives:country", args=["CH"])))
        for name in ("speeches:speech_list", "initiatives:organization_list",
                     "initiatives:person_list", "initiatives:initiative_list",
                     "initiatives:meeting_list", "initiatives:meeting_series_list"):  # fmt: skip
            pages += [(f"{name} {page}", f"{reverse(name)}?page={page}")
                      for page in range(1, TIMES // 20 + 2)]  # fmt: skip

        assert listener.find(shown(client, pages, lenient=True)) == []

    def test_no_result_of_a_search_runs_any(self, client, listener):
        pages = [(f"search {page}", f"/en/search/?q={WORD}&page={page}")
                 for page in range(1, TIMES // 20 + 2)]  # fmt: skip
        pages += [("quote", f"/en/quote/?q=The+{WORD}+one"), ("trend", f"/en/trend/?q={WORD}")]
        pages += [("suggestions", f"/en/search/suggestions/?q={sign}") for sign in "<'\"x&"]

        assert listener.find(shown(client, pages)) == []

    def test_what_is_no_page_says_so_and_hides_none(self, client, listener):
        kinds = {
            "results.json": "application/json", "results.csv": "text/csv",
            "feed/": "application/atom+xml",
        }  # fmt: skip
        for name, media_type in kinds.items():
            for page in ("", "&page=2", "&sort=newest"):
                response = client.get(f"/en/search/{name}?q={WORD}{page}")

                assert response["Content-Type"].startswith(media_type)
                assert response["X-Content-Type-Options"] == "nosniff"
                assert listener.opened(name, body_of(response), response["Content-Type"]) == []

    def test_no_list_of_the_admin_runs_any(self, client, listener):
        client.force_login(make_staff())
        pages = [
            (f"{model} {page}", f"{reverse(f'admin:{model}_changelist')}?p={page}")
            for model in ADMIN_MODELS for page in range(1, 2)
        ]  # fmt: skip
        pages += [("speech by words", f"{reverse('admin:speeches_speech_changelist')}?q={quote(p)}")
                  for p in PAYLOADS[::30]]  # fmt: skip

        assert listener.find(shown(client, pages, lenient=True)) == []

    def test_no_form_of_the_admin_runs_any(self, client, listener, everything):
        client.force_login(make_staff())
        pages = []
        for number, items in list(enumerate(everything))[::14]:
            for shift, item in enumerate(items.values()):
                meta = item._meta
                other = everything[(number + shift) % len(everything)]
                chosen = next(x for x in other.values() if type(x) is type(item))
                name = f"admin:{meta.app_label}_{meta.model_name}_change"
                pages.append(
                    (f"{meta.model_name} {number + shift}", reverse(name, args=[chosen.pk]))
                )

        assert listener.find(shown(client, pages)) == []


ADMIN_MODELS = (
    "speeches_speech", "initiatives_organization", "initiatives_person", "initiatives_office",
    "initiatives_initiative", "initiatives_meeting", "initiatives_meetingseries",
    "initiatives_term", "initiatives_agendaitem", "pages_page",
)  # fmt: skip


def test_nothing_that_is_typed_into_an_address_runs(client, listener):
    places = ("search/", "speeches/", "quote/", "trend/", "search/suggestions/")
    names = ("q", "from", "to", "status", "country", "language", "person", "organization",
             "initiative", "series", "meeting", "office", "sort", "page", "highlight")  # fmt: skip
    pages = []
    for number, pair in enumerate(zip(PAYLOADS[::2], PAYLOADS[1::2], strict=False)):
        typed = "&".join(
            f"{name}={quote(pair[(number + place) % 2])}" for place, name in enumerate(names)
        )
        pages.append((f"{pair} typed", f"/en/{places[number % 5]}?{typed}"))
        if number % 6 == 0:
            pages.append((f"{pair} not here", f"/en/{quote(pair[0], safe='')}/"))
            pages.append((f"{pair} at login", f"/admin/login/?next={quote(pair[1])}"))

    assert listener.find(shown(client, pages, lenient=True)) == []


def test_every_payload_by_itself_is_harmless_in_a_text(listener):
    pages = []
    for payload in PAYLOADS:
        body = sanitize(words_for(SpeechText._meta.get_field("body"), payload))
        anchors = [f"p{number}" for number, _block in enumerate(split(body))]
        pages.append((payload, render(body, anchors, "en")))

    assert listener.find(pages) == []
