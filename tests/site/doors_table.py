"""The table of doors, continued: every rule there is, with the names of its addresses."""

from tests.site.doors import (
    ADMINISTRATORS,
    DIRECTORY,
    EDITORS,
    ITEM,
    ITEM_RULES,
    LOST,
    OUTSIDE,
    PUBLISHERS,
    READ_ONLY,
    STAFF,
    VIEWERS,
    Answer,
    Door,
    Rule,
    desk,
    everybody,
    link,
    owned,
    public,
    signed_in,
)
from tests.site.doors_world import MAKERS

NOBODY: frozenset[str] = frozenset()
ALL = everybody(Answer.PAGE)
PREVIEWED = public(preview=VIEWERS)
AS_READERS = public()
"""The history shows staff no more than readers: they have the admin."""

SHEET_NAMES = (*DIRECTORY, "initiatives_name", "initiatives_appointment")
PARTS = ("initiatives_name", "initiatives_membership", "initiatives_appointment",
         "initiatives_agendaitem")  # fmt: skip


def noted(kind: str, shown: Answer, changed: Answer) -> tuple[Rule, ...]:
    """A list of notes about speeches, which nobody adds or deletes by hand."""
    return (
        *(
            rule
            for rule in owned(kind, VIEWERS, alone=NOBODY)
            if not rule.name.endswith("_change")
        ),
        Rule(f"admin:{kind}_change", desk(VIEWERS, shown, missing=LOST),
             desk(VIEWERS, changed, missing=LOST), "row"),
    )  # fmt: skip


OWN_ROWS = (
    *(rule for kind in PARTS for rule in owned(kind, VIEWERS)),
    *owned("speeches_synonym", VIEWERS),
    *noted("speeches_mention", LOST, LOST),
    *noted("speeches_proposal", Answer.PAGE, Answer.REFUSED),
    *noted("speeches_citation", Answer.PAGE, Answer.FORBIDDEN),
    *owned("pages_sitenotice", PUBLISHERS),
    *owned("auth_user", ADMINISTRATORS),
    *owned("auth_group", ADMINISTRATORS),
    *owned("audit_auditentry", ADMINISTRATORS, alone=NOBODY),
    *owned("addresses_outgoinglink", STAFF, alone=NOBODY),
)

SHEETS = tuple(
    rule
    for kind in SHEET_NAMES
    for adders in (VIEWERS if kind in PARTS else EDITORS,)
    for rule in (
        Rule(f"admin:{kind}_import", desk(adders), desk(adders, Answer.REFUSED)),
        Rule(f"admin:{kind}_process_import", desk(STAFF, Answer.READ_ONLY),
             desk(adders, Answer.REFUSED)),
        Rule(f"admin:{kind}_export", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED)),
    )
)  # fmt: skip


def app(then: Answer) -> Door:
    """The lists of one app: to whom it shows none, it is no page."""
    inside = desk(STAFF, then)
    return lambda role, state: Answer.UNKNOWN if role == "staff" else inside(role, state)


def leaving(then: Answer) -> Door:
    return lambda role, state: Answer.LEADS if role in OUTSIDE else then


ADMIN = (
    Rule("admin:index", desk(STAFF), desk(STAFF, Answer.REFUSED)),
    Rule("admin:app_list", app(Answer.PAGE), app(Answer.REFUSED)),
    Rule("admin:embargoes", desk(PUBLISHERS), desk(PUBLISHERS, Answer.REFUSED)),
    Rule("admin:login",
         lambda role, state: Answer.FORBIDDEN if role == "member" else Answer.LEADS,
         lambda role, state: Answer.FORBIDDEN if role == "member" else Answer.LEADS),
    Rule("admin:logout", leaving(Answer.READ_ONLY), leaving(Answer.OWN)),
    Rule("admin:password_change", desk(STAFF, LOST), desk(STAFF, LOST)),
    Rule("admin:password_change_done", desk(STAFF), desk(STAFF, Answer.READ_ONLY)),
    Rule("admin:autocomplete", desk(VIEWERS), desk(STAFF, Answer.READ_ONLY)),
    Rule("admin:jsi18n", desk(STAFF), desk(STAFF, Answer.READ_ONLY)),
    Rule("admin:view_on_site", desk(VIEWERS, LOST), desk(VIEWERS, LOST), ITEM),
    Rule("admin:catch_all", desk(STAFF, Answer.UNKNOWN), desk(STAFF, Answer.UNKNOWN)),
    Rule("admin:auth_user_password_change", desk(ADMINISTRATORS, missing=Answer.UNKNOWN),
         desk(ADMINISTRATORS, Answer.REFUSED), "row"),
    Rule("admin:speeches_speech_mentions", desk(VIEWERS), desk(VIEWERS, Answer.REFUSED), ITEM),
    Rule("admin:speeches_speech_intake", desk(EDITORS), desk(EDITORS, Answer.REFUSED)),
    Rule("admin:speeches_speech_import", desk(EDITORS), desk(EDITORS, Answer.REFUSED)),
)  # fmt: skip

PRIVATE = signed_in(Answer.OWN)
"""Pages about one's own account: a visitor signs in first."""
AT_THE_DOOR = everybody(Answer.OWN)

ACCOUNTS = (
    Rule("account_login", AT_THE_DOOR, AT_THE_DOOR),
    Rule("account_logout", AT_THE_DOOR, AT_THE_DOOR),
    Rule("account_inactive", ALL, READ_ONLY),
    *(
        Rule(name, PRIVATE, PRIVATE)
        for name in (
            "account_reauthenticate", "account_change_password", "account_set_password",
            "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
        )
    ),
    *(
        Rule(name, AT_THE_DOOR, AT_THE_DOOR)
        for name in (
            "account_reset_password", "account_reset_password_done", "mfa_authenticate",
            "account_reset_password_from_key", "account_reset_password_from_key_done",
        )
    ),
)  # fmt: skip

PUBLIC_ITEMS = (
    "speeches:speech", "speeches:speech_text", "pages:page", "initiatives:organization",
    "initiatives:person", "initiatives:initiative", "initiatives:meeting",
    "initiatives:meeting_series",
)  # fmt: skip

HISTORY = (
    "speeches:history", "speeches:comparison", "speeches:history_json", "speeches:version_json",
    "speeches:version", "speeches:version_text",
)  # fmt: skip

PUBLIC_PAGES = (
    "home", "search", "search_suggestions", "search_feed", "search_json", "search_csv", "quote",
    "trend", "trend_csv", "about", "health", "robots", "speeches:speech_list",
    "initiatives:organization_list", "initiatives:person_list", "initiatives:initiative_list",
    "initiatives:meeting_list", "initiatives:meeting_series_list", "initiatives:country_list",
    "initiatives:country", "initiatives:glossary",
)  # fmt: skip

NAMED = public(taken_back=Answer.UNKNOWN, withdrawn=Answer.UNKNOWN)
"""Where something is named, nothing is told of what was taken back."""

GUESTS = link(open=Answer.PAGE, over=Answer.GONE, changed=Answer.GONE, public=Answer.LEADS)
REVIEWS = link(open=Answer.PAGE, over=Answer.GONE, changed=Answer.GONE, public=Answer.GONE)
TAKEN = link(open=Answer.REFUSED, over=Answer.GONE, changed=Answer.GONE, public=Answer.GONE)

PUBLIC = (
    Rule("choose_language", everybody(Answer.LEADS)),
    *(Rule(name, ALL) for name in PUBLIC_PAGES),
    *(Rule(name, PREVIEWED, over=ITEM) for name in PUBLIC_ITEMS),
    *(Rule(name, AS_READERS, over=ITEM) for name in HISTORY),
    *(Rule(name, NAMED, over=ITEM) for name in ("mentions_of", "mentions_feed")),
    Rule("styleguide", desk(STAFF), desk(STAFF, Answer.REFUSED)),
    Rule("stored_file", public(preview=VIEWERS, withdrawn=Answer.GONE), over=ITEM),
    Rule("attachment", public(Answer.LEADS, preview=VIEWERS, withdrawn=Answer.GONE), over=ITEM),
    Rule("image", public(preview=VIEWERS, taken_back=Answer.UNKNOWN), over=ITEM),
    Rule("previews:preview", GUESTS, over="link"),
    Rule("previews:part", GUESTS, over="link"),
    Rule("previews:review", REVIEWS, TAKEN, over="link"),
)

RULES = (
    *(
        rule._replace(name=rule.name.format(item=kind))
        for kind in MAKERS
        for rule in ITEM_RULES
    ),
    *OWN_ROWS, *SHEETS, *ADMIN, *ACCOUNTS, *PUBLIC,
)  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}

FORGERY_IS_NOBODYS = frozenset({"previews:review"})
"""Addresses that take a form without a token of the session: they know of no session."""
