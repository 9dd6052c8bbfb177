"""Section pages in the admin: the tree, the words, the picture."""

from http import HTTPStatus

import pytest
from django.test import Client

from iomsite.pages.models import Page
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from tests.forms import errors_of, submit
from tests.make import make_page, make_staff

pytestmark = pytest.mark.django_db

LIST = "/admin/pages/page/"


def logged_in(role: str = "") -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


def change(page: Page) -> str:
    return f"{LIST}{page.pk}/change/"


def test_the_list_is_the_tree_in_the_order_of_the_menu():
    second = make_page(title="Second", slug="a", position=2)
    first = make_page(title="First", slug="b", position=1)
    make_page(title="Second child", slug="x", parent=second, position=2)
    child = make_page(title="First child", slug="y", parent=second, position=1)
    make_page(title="Grandchild", slug="z", parent=child)
    make_page(title="Child of first", slug="w", parent=first)
    response = logged_in("editor").get(LIST)
    shown = [page.text.title for page in response.context["cl"].result_list]
    assert shown == [
        "First",
        "Child of first",
        "Second",
        "First child",
        "Grandchild",
        "Second child",
    ]
    assert 'class="branch branch--2"' in response.content.decode()


def test_an_editor_writes_a_page_and_its_words_together():
    values = {"slug": "who-we-are", "position": 1, "texts-0-title": "Who we are"}
    body = {"texts-0-body": '<p onclick="x()">We are.</p><script>1</script>'}
    response = submit(logged_in("editor"), f"{LIST}add/", **values, **body)
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    page = Page.objects.get()
    assert (page.status, page.path) == (Status.DRAFT, "who-we-are")
    assert page.texts.get().body == "<p>We are.</p>"


def test_a_page_cannot_stand_below_itself():
    page = make_page(status=Status.DRAFT)
    response = submit(logged_in("editor"), change(page), parent=page.pk)
    assert "cannot be inside itself" in errors_of(response)


def test_a_changed_page_goes_out_with_its_texts():
    page = make_page(title="Who we are")
    submit(logged_in("editor"), change(page), **{"texts-0-title": "Who we were"})
    assert page.texts.get().title == "Who we are"
    perform("submit", page)
    perform("publish", page)
    assert page.texts.get().title == "Who we were"


def test_the_list_takes_as_many_queries_for_many_pages_as_for_a_few(django_assert_num_queries):
    client = logged_in("editor")
    top = make_page()
    with django_assert_num_queries(7):
        client.get(LIST)
    for _number in range(10):
        make_page(parent=top)
    with django_assert_num_queries(7):
        client.get(LIST)
