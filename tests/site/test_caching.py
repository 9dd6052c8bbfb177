"""The page cache: what is kept, and what makes it old."""

from http import HTTPStatus

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.test.utils import CaptureQueriesContext

from iomsite.audit.log import record
from iomsite.caching.models import RecordState
from iomsite.caching.revision import UNWATCHED, WATCHED_APPS, note_change
from iomsite.publishing.models import Status
from speeches.models import Speech
from tests.kept import LIST, is_kept, page_at, queries_of
from tests.make import make_organization, make_page, make_person, make_speech
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


# -- What is saved ------------------------------------------------------------------------


def test_a_page_is_made_once_and_then_costs_one_short_query(client):
    make_speech(title="On rivers")

    first, made = queries_of(client)
    second, kept = queries_of(client)

    assert (first > 1, second) == (True, 1)
    assert made.content == kept.content
    assert dict(made.items()) == dict(kept.items())


def test_a_browser_that_holds_the_page_is_told_so_without_its_being_made(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    make_speech()
    held = client.get(LIST)["ETag"]

    count, response = queries_of(client, **{"if-none-match": held})

    assert (count, response.status_code, response.content) == (1, HTTPStatus.NOT_MODIFIED, b"")
    assert response["Cache-Control"] == "public, no-cache"
    assert response["ETag"] == held


@pytest.mark.parametrize("tag", ["*", '"abc"', 'W/"0"', "nonsense", '"' + "0" * 64 + '"'])
def test_a_made_up_tag_is_no_copy_of_anything(client, tag):
    draft = make_speech(status=Status.DRAFT)

    assert client.get(LIST, headers={"if-none-match": tag}).status_code == HTTPStatus.OK
    hidden = client.get(draft.get_absolute_url(), headers={"if-none-match": tag})
    assert hidden.status_code == HTTPStatus.NOT_FOUND


def test_head_is_answered_from_the_page_that_is_kept_and_keeps_none_itself(client):
    make_speech()
    assert client.head(LIST)["ETag"]
    assert queries_of(client)[0] > 1

    with CaptureQueriesContext(connection) as queries:
        response = client.head(LIST)

    assert (len(queries), response.content) == (1, b"")
    assert response["ETag"] == client.get(LIST)["ETag"]


def test_what_was_removed_is_kept_and_what_is_not_there_is_not(client):
    gone = make_speech(status=Status.REMOVED)

    assert is_kept(client, gone.get_absolute_url())
    assert not is_kept(client, "/en/speeches/there-is-none/")
    assert "ETag" not in client.get(gone.get_absolute_url())


def test_a_packed_page_goes_only_to_those_who_can_open_it(client):
    make_speech(body=f"<p>{'Water. ' * 200}</p>", slug="water")

    packed = client.get("/en/speeches/water/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Water." in page_at(client, "/en/speeches/water/")
    assert packed["Vary"] == "Accept-Encoding"


# -- What makes a page old ----------------------------------------------------------------


def watched():
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in WATCHED_APPS and model._meta.label_lower not in UNWATCHED
    ]


def listens(signal, model):
    return note_change in signal._live_receivers(model)[0]


@pytest.mark.parametrize("model", watched(), ids=lambda model: model._meta.label_lower)
def test_every_kind_of_row_makes_pages_old_when_it_changes(model):
    throughs = [field.remote_field.through for field in model._meta.local_many_to_many]

    assert listens(post_save, model)
    assert listens(post_delete, model)
    assert all(listens(m2m_changed, through) for through in throughs)


def test_a_change_shows_at_once(client):
    speech = make_speech(title="On rivers")
    assert "On rivers" in page_at(client)

    text = speech.texts.get()
    text.title = "On lakes"
    text.save()

    assert "On lakes" in page_at(client)


@pytest.mark.parametrize(
    "values", [{"status": Status.DRAFT, "published_at": None}, {"status": Status.REMOVED}]
)
def test_what_a_queryset_takes_back_is_on_no_page_any_more(client, values):
    speech = make_speech(title="On rivers")
    assert is_kept(client, speech.get_absolute_url())
    assert "On rivers" in page_at(client)

    Speech.objects.filter(pk=speech.pk).update(public_notice="Wrong.", **values)

    assert "On rivers" not in page_at(client)
    assert client.get(speech.get_absolute_url()).status_code != HTTPStatus.OK


def test_a_new_relation_shows_at_once(client):
    speech, body = make_speech(title="On rivers"), make_organization(slug="body")
    assert "On rivers" not in page_at(client, "/en/organizations/body/")

    speech.organizations.add(body)

    assert "On rivers" in page_at(client, "/en/organizations/body/")


def test_a_new_section_is_in_every_menu_at_once(client):
    page_at(client)

    make_page(title="Who we are")

    assert "Who we are" in page_at(client)


def revision():
    return RecordState.objects.get().revision


@pytest.mark.django_db(transaction=True)
class TestCommits:
    """With real commits, as other processes see them. The search commits once more by itself."""

    @pytest.fixture(autouse=True)
    def in_place(self):
        RecordState.objects.get_or_create(pk=1)

    def test_a_transaction_moves_the_revision_on_once_when_it_is_committed(self):
        before = revision()
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            make_page()
            make_page()
            assert revision() == before

        assert revision() != before
        updates = [q for q in queries if 'UPDATE "caching_recordstate"' in q["sql"]]
        assert len(updates) == 1

    def test_a_change_that_is_rolled_back_moves_nothing(self, client):
        page_at(client)
        before = revision()
        with transaction.atomic():
            make_speech(title="Never said")
            assert "Never said" in page_at(client)
            transaction.set_rollback(True)

        assert revision() == before
        assert "Never said" not in page_at(client)

    def test_a_change_after_a_rolled_back_part_is_not_lost(self):
        before = revision()
        with transaction.atomic():
            with transaction.atomic():
                make_person()
                transaction.set_rollback(True)
            make_person()

        assert revision() != before

    def test_an_action_on_an_item_moves_it_in_its_own_transaction(self):
        """So it is not lost when the process dies right after the commit."""
        before = revision()
        with transaction.atomic():
            record("publishing.withdraw", actor=None, kind="speeches.speech", item=1)

            assert revision() != before

    def test_what_people_do_at_the_door_leaves_the_pages_as_they_are(self):
        before = revision()
        record("accounts.refused", actor=None, kind="auth.user", item=1)

        assert revision() == before

    def test_what_another_process_wrote_shows_at_once(self, client):
        speech = make_speech(title="On rivers")
        assert "On rivers" in page_at(client)

        # As another process does: nothing in this one hears of it but through the database.
        with connection.cursor() as cursor:
            cursor.execute("UPDATE speeches_speechtext SET title = 'On lakes'")
            cursor.execute("UPDATE caching_recordstate SET revision = revision + 1")

        assert "On lakes" in page_at(client)
        assert "On lakes" in page_at(client, speech.get_absolute_url())

    def test_a_search_finds_what_the_index_has_taken_in(self, client):
        make_speech(title="On rivers", body="<p>River.</p>")
        index_everything()
        assert "On lakes" not in page_at(client, "/en/search/?q=river")

        make_speech(title="On lakes", body="<p>River.</p>")

        assert "On lakes" in page_at(client, "/en/search/?q=river")


def test_another_name_of_the_site_is_another_page(client, settings):
    page_at(client)

    settings.SITE_NAME = "Waters on record"

    assert "Waters on record" in page_at(client)
