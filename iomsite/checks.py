"""What `check --deploy` says about this site's own settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def secret_key_is_set(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a deployment whose key is made anew at each start."""
    if settings.SECRET_KEY_IS_SET:
        return []
    return [
        Error(
            "SECRET_KEY is not set, so each process makes its own and sessions break.",
            hint="Set SECRET_KEY in the environment to 50 or more random characters.",
            id="iomsite.E001",
        )
    ]
