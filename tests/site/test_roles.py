"""The roles: made by a migration, complete, taken back, and there again after a flush."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from iomsite.publishing.models import Publishable
from iomsite.publishing.roles import PUBLISHABLE, ROLES, codenames, create_roles, remove_roles
from tests.make import make_staff

pytestmark = pytest.mark.django_db


def test_the_migration_makes_three_groups_with_all_their_permissions():
    for name, role in ROLES.items():
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        held = {(p.content_type.app_label, p.codename) for p in permissions}
        assert held == set(codenames(role))


def test_every_model_with_a_public_life_can_be_published_by_a_permission():
    models = {
        (model._meta.app_label, model._meta.model_name)
        for model in apps.get_models()
        if issubclass(model, Publishable)
    }
    assert models == set(PUBLISHABLE)


@pytest.mark.parametrize(
    ("role", "permission", "held"),
    [
        ("editor", "speeches.add_speech", True),
        ("editor", "speeches.publish_speech", False),
        ("reviewer", "speeches.change_speech", True),
        ("reviewer", "speeches.add_speech", False),
        ("publisher", "speeches.publish_speech", True),
        ("publisher", "auth.add_user", False),
    ],
)
def test_a_role_may_do_its_work_and_no_more(role, permission, held):
    assert make_staff(role).has_perm(permission) is held


def test_taking_the_roles_back_leaves_no_trace_and_django_s_own_permissions():
    remove_roles(apps)
    assert not Group.objects.filter(name__in=ROLES).exists()
    assert not Permission.objects.filter(codename__startswith="publish_").exists()
    assert Permission.objects.filter(codename="change_speech").exists()


def test_making_the_roles_again_does_not_touch_a_group_that_staff_have_changed():
    editors = Group.objects.get(name="editor")
    editors.permissions.clear()
    create_roles(apps)
    assert not editors.permissions.exists()


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_reversed_and_made_again():
    call_command("migrate", "speeches", "0001", verbosity=0)
    assert not Group.objects.filter(name__in=ROLES).exists()
    call_command("migrate", verbosity=0)
    assert Group.objects.filter(name__in=ROLES).count() == len(ROLES)


@pytest.mark.django_db(transaction=True)
def test_flushing_the_database_leaves_the_roles_in_place():
    call_command("flush", interactive=False, verbosity=0)
    assert make_staff("publisher").has_perm("initiatives.publish_person")
