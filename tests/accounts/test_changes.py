"""What happens to accounts, groups and permissions is in the log, whoever does it and how."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from iomsite.audit.models import AuditEntry
from iomsite.audit.verify import verify_all
from tests.accounts.entering import PASSWORD
from tests.make import make_staff

pytestmark = pytest.mark.django_db


def actions(about=None):
    entries = AuditEntry.objects.filter(item=about.pk) if about else AuditEntry.objects.all()
    return list(entries.order_by("sequence").values_list("action", flat=True))


def last(action):
    return AuditEntry.objects.filter(action=action).first()


def user_form(user, **values):
    names = ("username", "first_name", "last_name", "email")
    form = {name: getattr(user, name) for name in names}
    form |= {
        name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(user, name)
    }
    form |= {"date_joined_0": "2020-01-01", "date_joined_1": "00:00:00"}
    form |= {"groups": [group.pk for group in user.groups.all()]}
    return {name: value for name, value in (form | values).items() if value is not None}


def test_a_new_account_is_told_with_what_it_may_do():
    user = User.objects.create_user("ada", "ada@example.org", PASSWORD)

    entry = last("account.created")
    assert entry.item == user.pk
    assert entry.data["is_superuser"] is False
    assert PASSWORD not in str(entry.data)


def test_changes_are_told_with_the_value_before_and_after():
    user = make_staff("editor")

    user.is_superuser = True
    user.save()

    assert last("account.changed").data == {"is_superuser": [False, True]}


def test_closing_an_account_is_told_as_that():
    user = make_staff("editor")

    user.is_active = False
    user.save(update_fields=["is_active"])

    assert last("account.deactivated").item == user.pk


def test_saving_without_a_change_says_nothing():
    user = make_staff("editor")
    before = len(actions())

    user.save()
    user.save(update_fields=["last_login"])

    assert len(actions()) == before


def test_a_new_password_is_told_and_stands_nowhere():
    user = make_staff("editor")

    user.set_password("quite another long password")
    user.save()

    assert last("account.password_changed").item == user.pk
    assert user.password not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_writing_the_same_password_down_in_a_newer_way_is_no_new_password(settings):
    user = make_staff("editor")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher",
                                 *settings.PASSWORD_HASHERS]  # fmt: skip

    assert user.check_password("a long test password")

    assert user.password.startswith("pbkdf2")
    assert last("account.password_changed") is None


def test_deleting_an_account_is_told():
    user = make_staff("editor", username="ada")
    user.delete()

    assert last("account.deleted").data == {"username": "ada"}


def test_groups_given_and_taken_are_told_by_name():
    user, publishers = make_staff("editor"), Group.objects.get(name="publisher")

    user.groups.add(publishers)
    assert last("account.rights_changed").data["given"] == ["publisher"]
    user.groups.remove(publishers)
    assert last("account.rights_changed").data["taken"] == ["publisher"]
    user.groups.clear()
    assert last("account.rights_changed").data["taken"] == ["editor"]


def test_the_other_way_round_they_are_told_too():
    user, publishers = make_staff("editor", username="ada"), Group.objects.get(name="publisher")

    publishers.user_set.add(user)
    assert last("group.rights_changed").data["given"] == ["ada"]
    publishers.user_set.clear()
    assert last("group.rights_changed").data["taken"] == ["ada"]


def test_permissions_of_groups_and_accounts_are_told():
    user, editors = make_staff("editor"), Group.objects.get(name="editor")
    permission = Permission.objects.get(codename="publish_speech")

    editors.permissions.add(permission)
    assert "publish" in last("group.rights_changed").data["given"][0]
    user.user_permissions.add(permission)
    assert "publish" in last("account.rights_changed").data["given"][0]


def test_new_renamed_and_deleted_groups_are_told():
    group = Group.objects.create(name="guests")
    group.name = "friends"
    group.save()
    group.delete()

    assert actions()[-3:] == ["group.created", "group.changed", "group.deleted"]


def test_what_an_administrator_does_in_the_admin_is_told_under_their_name(client):
    admin, user = make_staff(), make_staff("editor")
    client.force_login(admin)

    response = client.post(
        reverse("admin:auth_user_change", args=[user.pk]), user_form(user, is_staff=None)
    )

    assert response.status_code == HTTPStatus.FOUND
    entry = last("account.changed")
    assert (entry.actor, entry.item, entry.data) == (admin.pk, user.pk, {"is_staff": [True, False]})


def test_two_accounts_cannot_have_one_address(client):
    make_staff(email="Ada@example.org")
    user = make_staff("editor")
    client.force_login(make_staff())

    page = client.post(
        reverse("admin:auth_user_change", args=[user.pk]), user_form(user, email="ada@EXAMPLE.org")
    )

    assert "Another account has this e-mail address." in page.content.decode()


@pytest.fixture
def keeper(client):
    """An account that may change accounts, and is no superuser."""
    user = make_staff("editor")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(user)
    return user


def test_who_keeps_accounts_cannot_raise_themselves(client, keeper):
    publishers = Group.objects.get(name="publisher")
    client.post(
        reverse("admin:auth_user_change", args=[keeper.pk]),
        user_form(keeper, is_superuser="on", groups=[publishers.pk], user_permissions=["1"]),
    )

    keeper = User.objects.get(pk=keeper.pk)
    assert not keeper.is_superuser
    assert [group.name for group in keeper.groups.all()] == ["editor"]


def test_nor_touch_a_superuser(client, keeper):
    boss = make_staff(username="boss")

    changed = client.post(
        reverse("admin:auth_user_change", args=[boss.pk]), user_form(boss, username="mine")
    )
    password = client.post(
        reverse("admin:auth_user_password_change", args=[boss.pk]),
        {"password1": "mine now and for ever", "password2": "mine now and for ever"},
    )

    assert {changed.status_code, password.status_code} == {HTTPStatus.FORBIDDEN}


def test_the_list_of_accounts_asks_a_fixed_number_of_questions(client, django_assert_num_queries):
    client.force_login(make_staff())
    address = reverse("admin:auth_user_changelist")
    client.get(address)
    for _ in range(3):
        make_staff("editor")
    with django_assert_num_queries(6) as asked:
        client.get(address)
    for _ in range(20):
        make_staff("editor")
    with django_assert_num_queries(len(asked)):
        client.get(address)


def test_the_chain_is_whole_after_all_that():
    user = make_staff("editor")
    user.groups.clear()
    user.delete()

    assert verify_all() is None
