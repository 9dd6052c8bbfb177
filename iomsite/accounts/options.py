"""The settings of django-allauth and django-axes: what no installation needs to change."""

from typing import Any, NamedTuple

from iomsite.accounts.limits import PER_ACCOUNT, PERIOD


class Provider(NamedTuple):
    """The organization's own sign-in service; without an address there is none."""

    server_url: str
    client_id: str
    secret: str
    name: str


def library_settings(*, https: bool, provider: Provider) -> dict[str, Any]:
    """Return the settings by name."""
    settings = _ACCOUNT | _PROVIDER | _FACTORS | _THROTTLE
    settings["ACCOUNT_DEFAULT_HTTP_PROTOCOL"] = "https" if https else "http"
    # Without HTTPS the site is tried out on one machine, and so are security keys.
    settings["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] = not https
    settings["SOCIALACCOUNT_PROVIDERS"] = providers(provider) if provider.server_url else {}
    return settings


def providers(provider: Provider) -> dict[str, Any]:
    """Return the one sign-in service in the words of allauth."""
    app = {
        "provider_id": "staff",
        "name": provider.name,
        "client_id": provider.client_id,
        "secret": provider.secret,
        "settings": {"server_url": provider.server_url},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


_ACCOUNT = {
    "ACCOUNT_ADAPTER": "iomsite.accounts.adapters.AccountAdapter",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    # Mail goes to accounts only, so that nobody can make the site write to strangers.
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    # Wrong passwords and codes are counted by axes, in the database; the rest by allauth.
    "ACCOUNT_RATE_LIMITS": {"login_failed": None, "login": None},
}

_PROVIDER = {
    "SOCIALACCOUNT_ADAPTER": "iomsite.accounts.provider.ProviderAdapter",
    "SOCIALACCOUNT_AUTO_SIGNUP": False,
    "SOCIALACCOUNT_STORE_TOKENS": False,
    # A link, for the policy of forms would not let one lead to another site.
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
}

_FACTORS = {
    "MFA_ADAPTER": "iomsite.accounts.adapters.SecondFactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    # Administrators write the addresses; nobody can sign up with somebody else's.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_FORMS": {
        "authenticate": "iomsite.accounts.second_factor.LimitedAuthenticateForm",
        "reauthenticate": "iomsite.accounts.second_factor.LimitedReauthenticateForm",
    },
}

_THROTTLE = {
    "AXES_HANDLER": "iomsite.accounts.throttle.Limits",
    "AXES_LOCKOUT_PARAMETERS": ["username", "ip_address"],
    "AXES_FAILURE_LIMIT": PER_ACCOUNT,
    "AXES_COOLOFF_TIME": PERIOD,
    # A try at a closed door does not keep it closed: the owner gets in again.
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_USERNAME_CALLABLE": "iomsite.accounts.throttle.counted_name",
    "AXES_CLIENT_IP_CALLABLE": "iomsite.accounts.client.client_network",
    "AXES_LOCKOUT_CALLABLE": "iomsite.accounts.throttle.closed_door",
    "AXES_SENSITIVE_PARAMETERS": ["username", "ip_address", "login", "code", "credential", "next"],
    # The audit log has it.
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
}
