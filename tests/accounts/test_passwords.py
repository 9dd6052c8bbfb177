"""A forgotten password: mail to the account's own address, and no word about who has one."""

import re
import threading
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from iomsite.accounts.adapters import AccountAdapter
from tests.accounts.entering import is_signed_in, sign_in
from tests.make import make_staff

pytestmark = pytest.mark.django_db
NEW = "quite another long password"


def sent():
    """Wait for the mail that is being sent, and return all of it."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(timeout=10)
    return mail.outbox


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def link_in(message):
    return re.search(r"https?://testserver(\S+)", message.body)[1]


def test_a_known_and_an_unknown_address_get_the_same_page():
    make_staff(email="ada@example.org")
    make_staff(email="closed@example.org", is_active=False)

    pages = {
        ask(Client(), address).content.decode()
        for address in ("ada@example.org", "nobody@example.org", "closed@example.org")
    }

    assert len(pages) == 1
    assert [message.to for message in sent()] == [["ada@example.org"]]


def test_a_broken_mail_server_does_not_tell_who_has_an_account(settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_passwords.NoBackendHasThisName"
    make_staff(email="ada@example.org")

    known, unknown = (ask(Client(), name) for name in ("ada@example.org", "no@example.org"))

    assert known.status_code == unknown.status_code == HTTPStatus.OK
    sent()


def test_the_link_sets_a_new_password_once(client):
    user = make_staff(email="ada@example.org")
    ask(client, "ADA@example.org")
    link = link_in(sent()[0])

    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert not is_signed_in(client)
    again = Client().get(link, follow=True).content.decode()
    assert "password1" not in again
    sign_in(client, user.username, NEW)
    assert is_signed_in(client)


def test_the_key_does_not_stay_in_the_address_of_the_form(client):
    make_staff(email="ada@example.org")
    ask(client, "ada@example.org")
    link = link_in(sent()[0])

    form = client.get(link, follow=True)

    assert link not in form.redirect_chain[-1][0]
    assert form["Referrer-Policy"] == "same-origin"


def test_an_address_that_an_account_gave_up_gets_no_mail(client):
    user = make_staff(email="old@example.org")
    ask(client, "old@example.org")
    sent().clear()
    user.email = "new@example.org"
    user.save()

    ask(client, "old@example.org")
    assert sent() == []
    ask(client, "new@example.org")
    assert [message.to for message in sent()] == [["new@example.org"]]


@pytest.mark.parametrize("password", ["short", "12345678901234", "password123"])
def test_a_weak_password_is_refused_with_the_reason(client, password):
    make_staff(email="ada@example.org")
    ask(client, "ada@example.org")
    form = client.get(link_in(sent()[0]), follow=True)

    page = client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})

    assert "This password" in page.content.decode()


def test_asking_again_and_again_is_stopped_for_every_address_alike():
    make_staff(email="ada@example.org")
    answers = {}
    for address in ("ada@example.org", "nobody@example.org"):
        answers[address] = [ask(Client(), address).status_code for _ in range(7)]

    assert answers["ada@example.org"] == answers["nobody@example.org"]
    assert HTTPStatus.TOO_MANY_REQUESTS in answers["ada@example.org"]


def test_sign_up_is_closed_whatever_the_address(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
