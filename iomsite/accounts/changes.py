"""Changes of accounts, second factors, groups and permissions go into the audit log.

Signals of the models of Django and of allauth: accounts are changed in the admin, on the
account pages, by commands and in the shell, and none of these may pass by the log.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from iomsite.audit.log import record

WATCHED = (
    "username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser",
)  # fmt: skip
MOST_KEYS = 200


def _actor() -> Any:
    """Return who is signed in now; nobody in commands and at the door."""
    return getattr(context.request, "user", None)


@receiver(pre_save, sender=User)
def remember_account(instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Keep what the account was, to tell afterwards what changed."""
    fields = kwargs.get("update_fields")
    setattr(instance, "_before", None)  # noqa: B010 - not Django's own attribute
    if (
        raw
        or instance.pk is None
        or (fields is not None and not {*fields} & {*WATCHED, "password"})
    ):
        return
    before = User.objects.filter(pk=instance.pk).values(*WATCHED, "password").first()
    setattr(instance, "_before", before)  # noqa: B010


@receiver(post_save, sender=User)
def account_saved(instance: User, created: bool, **kwargs: Any) -> None:
    """Tell of a new account, of changed values, of a new password."""
    if created:
        data: dict[str, Any] = {name: getattr(instance, name) for name in WATCHED}
        _tell("account.created", instance, data)
        return
    before = getattr(instance, "_before", None)
    if before is None:
        return
    changed = {
        name: [before[name], getattr(instance, name)]
        for name in WATCHED
        if before[name] != getattr(instance, name)
    }
    if "email" in changed:
        # Else whoever reads the old mailbox could still ask for a new password.
        EmailAddress.objects.filter(user=instance).exclude(email__iexact=instance.email).delete()
    if changed.get("is_active", [None, True])[1] is False:
        _tell("account.deactivated", instance, changed)
    elif changed:
        _tell("account.changed", instance, changed)
    if before["password"] != instance.password and not _is_rehash(instance, kwargs):
        _tell("account.password_changed", instance, {})


def _is_rehash(user: User, saved: dict[str, Any]) -> bool:
    """Say whether Django only wrote the same password down in a newer way, at a sign-in."""
    only_password = set(saved.get("update_fields") or ()) == {"password"}
    return only_password and getattr(user, "_password", None) is None


@receiver(post_delete, sender=User)
def account_deleted(instance: User, **kwargs: Any) -> None:
    _tell("account.deleted", instance, {"username": instance.username})


@receiver(post_save, sender=Authenticator)
def factor_saved(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """Tell of a new factor; that one was used is no change of the account."""
    if created:
        _tell_of_factor("account.second_factor_added", instance)


@receiver(post_delete, sender=Authenticator)
def factor_deleted(instance: Authenticator, **kwargs: Any) -> None:
    _tell_of_factor("account.second_factor_removed", instance)


@receiver(post_save, sender=Group)
def group_saved(instance: Group, created: bool, **kwargs: Any) -> None:
    _tell("group.created" if created else "group.changed", instance, {"name": instance.name})


@receiver(post_delete, sender=Group)
def group_deleted(instance: Group, **kwargs: Any) -> None:
    _tell("group.deleted", instance, {"name": instance.name})


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def members_changed(
    instance: Any, action: str, model: Any, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Tell which groups or permissions were given or taken, by key and by name."""
    words = {"post_add": "given", "post_remove": "taken", "pre_clear": "taken"}
    if action not in words:
        return
    if pk_set is None:
        # Before it is cleared, one still sees what was there.
        field = kwargs["sender"]._meta
        pk_set = set(_now_held(instance, field, model))
    if not pk_set:
        return
    keys = sorted(pk_set)[:MOST_KEYS]
    names = [str(found) for found in model._base_manager.filter(pk__in=keys).order_by("pk")]
    data = {words[action]: names, "of": model._meta.label_lower, "keys": keys, "count": len(pk_set)}
    about = "group" if isinstance(instance, Group) else "account"
    _tell(f"{about}.rights_changed", instance, data)


def _now_held(instance: Any, through: Any, model: Any) -> Any:
    mine = next(f for f in through.fields if f.related_model is type(instance))
    theirs = next(f for f in through.fields if f.related_model is model)
    rows = through.model._base_manager.filter(**{mine.name: instance})
    return rows.values_list(f"{theirs.name}_id", flat=True)


def _tell_of_factor(action: str, factor: Authenticator) -> None:
    data = {"type": str(factor.type)}
    record(action, actor=_actor(), kind="auth.user", item=factor.user_id, data=data)


def _tell(action: str, about: Any, data: dict[str, Any]) -> None:
    record(action, actor=_actor(), kind=about._meta.label_lower, item=about.pk, data=data)
