"""Who may do what: the roles as groups, and the permission to let the public see.

An editor writes and submits for review, a reviewer corrects, approves or sends back what
others wrote, a publisher also decides what the public sees. The groups are made by a
migration; after that they belong to the site's administrators, and nothing here changes
them again.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from iomsite.publishing.models import OUT

CONTENT_APPS = ("pages", "initiatives", "speeches")

PUBLISHABLE = (
    ("pages", "page"),
    ("initiatives", "organization"),
    ("initiatives", "person"),
    ("initiatives", "office"),
    ("initiatives", "initiative"),
    ("initiatives", "meetingseries"),
    ("initiatives", "meeting"),
    ("initiatives", "term"),
    ("speeches", "speech"),
)

PARTS = (
    ("pages", "pagetext"),
    ("initiatives", "appointment"),
    ("initiatives", "membership"),
    ("initiatives", "participation"),
    ("initiatives", "agendaitem"),
    ("initiatives", "meetingdocument"),
    ("initiatives", "name"),
    ("initiatives", "identifier"),
    ("speeches", "contribution"),
    ("speeches", "speechtext"),
    ("speeches", "attachment"),
    ("speeches", "synonym"),
    ("speeches", "mention"),
    ("speeches", "proposal"),
    ("speeches", "citation"),
)

READ_ONLY = (("speeches", "source"), ("speeches", "passage"))


class Role(NamedTuple):
    """A group: what its members may do with items, and with the parts of items."""

    with_items: tuple[str, ...]
    with_parts: tuple[str, ...]


ROLES = {
    "editor": Role(("view", "add", "change", "delete"), ("view", "add", "change", "delete")),
    "reviewer": Role(("view", "change", "review"), ("view", "add", "change", "delete")),
    "publisher": Role(
        ("view", "add", "change", "delete", "review", "publish"),
        ("view", "add", "change", "delete"),
    ),
}

OWN_ACTIONS = ("review", "publish")
"""What Django has no permission for."""


def may(user: Any, action: str, model: type[Model] | Model) -> bool:
    """Say whether a user has the permission for an action on this kind of item."""
    options = model._meta
    return bool(user.has_perm(f"{options.app_label}.{action}_{options.model_name}"))


def may_publish(user: Any, model: type[Model] | Model) -> bool:
    """Say whether a user decides what the public sees of this kind of item."""
    return may(user, "publish", model)


def may_change_part(user: Any, part: Model) -> bool:
    """Say whether a user may change a row that belongs to one or more items.

    The public sees such a row, an appointment for one, when all its items are public.
    """
    owners = [
        owner
        for field in part._meta.fields
        if field.related_model is not None
        and hasattr(field.related_model, "public_notice")
        and (owner := getattr(part, field.name)) is not None
    ]
    is_seen = bool(owners) and all(owner.status in OUT for owner in owners)
    return not is_seen or all(may_publish(user, owner) for owner in owners)


def codenames(role: Role) -> Iterator[tuple[str, str]]:
    """Yield the permissions of a role, each as app label and codename."""
    for kinds, actions in ((PUBLISHABLE, role.with_items), (PARTS, role.with_parts)):
        for app_label, model in kinds:
            yield from ((app_label, f"{action}_{model}") for action in actions)
    yield from ((app_label, f"view_{model}") for app_label, model in READ_ONLY)


def create_roles(registry: Any, using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the permissions to publish and those groups that do not exist.

    Django makes its own permissions after all migrations; on a new database they would be
    missing here, so they are made first. `registry` is that of a migration or the live one.
    """
    group_model = registry.get_model("auth", "Group")
    permission_model = registry.get_model("auth", "Permission")
    for label in CONTENT_APPS:
        _create_django_permissions(registry, label, using)
    _create_own_permissions(registry, using)
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in permission_model.objects.using(using)
        .filter(content_type__app_label__in=CONTENT_APPS)
        .select_related("content_type")
    }
    for name, role in ROLES.items():
        group, created = group_model.objects.using(using).get_or_create(name=name)
        if created:
            known = (permissions.get(key) for key in codenames(role))
            group.permissions.add(*filter(None, known))


def grant_later(registry: Any, model: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Give the roles their permissions on a model of the record that came after them."""
    _create_django_permissions(registry, "speeches", using)
    permission_model = registry.get_model("auth", "Permission")
    for group in registry.get_model("auth", "Group").objects.using(using).filter(name__in=ROLES):
        wanted = [f"{action}_{model}" for action in ROLES[group.name].with_parts]
        group.permissions.add(
            *permission_model.objects.using(using).filter(
                content_type__app_label="speeches", codename__in=wanted
            )
        )


def grant_review(registry: Any, using: str = DEFAULT_DB_ALIAS) -> None:
    """Let the reviewers and publishers of a site that has the roles already approve items."""
    for label in CONTENT_APPS:
        _create_django_permissions(registry, label, using)
    _create_own_permissions(registry, using)
    permissions = registry.get_model("auth", "Permission").objects.using(using)
    wanted = permissions.filter(
        content_type__app_label__in=CONTENT_APPS, codename__startswith="review_"
    )
    groups = registry.get_model("auth", "Group").objects.using(using)
    for group in groups.filter(name__in=("reviewer", "publisher")):
        group.permissions.add(*wanted)


def remove_roles(registry: Any, using: str = DEFAULT_DB_ALIAS) -> None:
    """Take back what `create_roles` made."""
    registry.get_model("auth", "Group").objects.using(using).filter(name__in=ROLES).delete()
    registry.get_model("auth", "Permission").objects.using(using).filter(
        codename__in=[f"{action}_{model}" for action in OWN_ACTIONS for _app, model in PUBLISHABLE],
        content_type__app_label__in=CONTENT_APPS,
    ).delete()


def restore_after_flush(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the roles again when `flush` has emptied the tables but left the migrations.

    `migrate` sends the same signal, with the plan it carried out; there the migration decides.
    """
    if "plan" not in kwargs:
        create_roles(apps, using)


def _create_django_permissions(registry: Any, label: str, using: str) -> None:
    config = registry.get_app_config(label)
    # A migration's registry knows no modules, and Django takes that for an app without models.
    if getattr(config, "models_module", None) is None:
        config.models_module = True
    create_permissions(config, verbosity=0, using=using, apps=registry)


def _create_own_permissions(registry: Any, using: str) -> None:
    types = registry.get_model("contenttypes", "ContentType").objects.using(using)
    permissions = registry.get_model("auth", "Permission").objects.using(using)
    for app_label, model in PUBLISHABLE:
        content_type = types.get(app_label=app_label, model=model)
        words = str(registry.get_model(app_label, model)._meta.verbose_name_raw)
        for action in OWN_ACTIONS:
            permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {words}"},
            )
