"""Several people at work on one page at once, each with what they saw last. Replayable by seed."""

import random
import re
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup, SoupStrainer
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iomsite.pages.models import Page, PageText
from iomsite.publishing import keeping
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import OUT, Version, WorkingCopy
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.schedule import publish_due
from iomsite.publishing.verifying import verify_live, verify_versions
from iomsite.publishing.workflow import Refused, perform
from tests.make import make_page

BODY = "texts-0-body"
CHANGES = "opens", "saves", "saves", "saves", "saves", "acts", "acts", "publishes", "imports"
RARE = "schedules", "comes_due", "restores", "acts_in_bulk", "withdraws"
ACTIONS = (
    "submit", "approve", "reject", "publish_unreviewed", "discard", "unschedule", "reinstate"
)  # fmt: skip


def words_of(value: Any) -> set[str]:
    """Return the words that the people of a play have written into a text."""
    return set(re.findall(r"\bw\d+\b", str(value)))


def form_of(desk: Desk) -> dict[str, Any] | None:
    """Return what the form of a page sends, or None where it cannot be changed."""
    if desk.stage == Stage.SCHEDULED:
        return None
    keeping.keep(desk.content)
    text = desk.content["parts"]["texts"][0]
    words = {name: text["fields"][name] for name in ("language", "title", "introduction", "body")}
    fields = desk.content["fields"]
    return {
        "edit_token": desk.token,
        "edit_base": keeping.key_of(desk.content),
        "slug": fields["slug"],
        "position": str(fields["position"]),
        "in_menu": "on",
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "1",
        "texts-0-id": str(text["key"]),
        "texts-0-page": str(desk.item.pk),
        **{f"texts-0-{name}": value for name, value in words.items()},
    }


def values_in(page: BeautifulSoup) -> dict[str, Any]:
    """Return the values of the controls on a page that are no buttons."""
    values = {each["name"]: each.text.removeprefix("\n") for each in page.select("textarea[name]")}
    for each in page.select("select[name]"):
        chosen = each.select_one("option[selected]")
        values[each["name"]] = chosen["value"] if chosen else ""
    for each in page.select("input[name]"):
        is_off = each.get("type") == "checkbox" and not each.has_attr("checked")
        if not is_off and each.get("type") not in {"submit", "file"}:
            values[each["name"]] = each.get("value", "on")
    return values


class Play:
    """One page, three people, and what must stand in it if nothing that was accepted is lost.

    With `is_careless`, every form is sent as if it showed the newest state: that is a site
    that asks for no token.
    """

    def __init__(self, seed: int, users: list[tuple[User, Client]], *, is_careless: bool) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.users = users
        self.is_careless = is_careless
        self.page = make_page(status="draft", body="<p>It began.</p>")
        self.forms: dict[int, dict[str, Any]] = {}
        self.expected: set[str] = set()
        self.live: set[str] = set()
        self.log: list[str] = []
        self.count = 0
        self.accepted = self.refused = 0

    def run(self, steps: int) -> None:
        """Let things happen, and check after each of them that nothing is lost."""
        for who in range(len(self.users)):
            self.opens(who)
        for _step in range(steps):
            action = self.random.choice([*CHANGES, *CHANGES, *RARE])
            who = self.random.randrange(len(self.users))
            outcome = getattr(self, action)(who)
            self.log.append(f"{who} {action}: {outcome}")
            self.check()

    def check(self) -> None:
        """Check the next state, what the public sees, and the history."""
        page = Page.objects.get(pk=self.page.pk)
        desk = Desk(page)
        assert words_of(desk.content) == self.expected, self.log
        versions = list(Version.objects.of(page).order_by("number"))
        assert verify_versions(versions) is None, self.log
        if page.status in OUT:
            assert words_of(PageText.objects.get(page=page).body) == self.live, self.log
            assert verify_live(page, versions[-1]) is None, self.log

    def opens(self, who: int) -> str:
        """Open the form. Now and then for real, as reading a page takes its time."""
        form = form_of(Desk(self._now()))
        if self.random.random() < 0.15 or form is None:
            shown = self._shown(who)
            assert shown.get(BODY) == (form or {}).get(BODY), self.log
            assert (form or {}).items() <= shown.items() or form is None, self.log
        if form is None:
            self.forms.pop(who, None)
            return "read only"
        self.forms[who] = form
        return "done"

    def _shown(self, who: int) -> dict[str, Any]:
        """Return what the form in the admin would send if nothing were changed."""
        page = self.users[who][1].get(self._address("change")).content.decode()
        if 'name="edit_token"' not in page:
            return {}
        return values_in(BeautifulSoup(page, "lxml", parse_only=SoupStrainer("form")))

    def saves(self, who: int) -> str:
        """Add a word of one's own to the text that the form shows."""
        form = self.forms.get(who)
        if form is None:
            return self.opens(who)
        word = self._new_word()
        paragraphs = form[BODY].split("</p>")[:-1]
        paragraphs.insert(self.random.randint(0, len(paragraphs)), f"<p>It said {word}")
        body = "".join(f"{paragraph}</p>" for paragraph in paragraphs)
        token = {"edit_token": Desk(self._now()).token} if self.is_careless else {}
        answer = self.users[who][1].post(self._address("change"), form | {BODY: body} | token)
        if self.random.random() < 0.6:
            del self.forms[who]
        if answer.status_code == 409 and self.random.random() < 0.7:
            answer = self._merges(who, answer)
        return self._counted(answer, word)

    def acts(self, who: int) -> str:
        name = self.random.choice(ACTIONS)
        done = self._performs(name, who, reason="So.")
        if done and name == "discard":
            self.expected = set(self.live)
        if done and name == "publish_unreviewed":
            self.live = set(self.expected)
        return f"{name} {done}"

    def publishes(self, who: int) -> str:
        if not self._performs("publish", who):
            return "refused"
        self.live = set(self.expected)
        return "done"

    def withdraws(self, who: int) -> str:
        return str(self._performs("withdraw", who, notice="It was wrong."))

    def schedules(self, who: int) -> str:
        later = timezone.now() + timedelta(days=1)
        was_out = Desk(self._now()).is_out
        if not self._performs("publish", who, at=later):
            return "refused"
        if not was_out:
            self.live = set(self.expected)
        return "done"

    def comes_due(self, who: int) -> str:
        """Let the time come for which the working copy was scheduled."""
        WorkingCopy.objects.of(self.page).filter(stage=Stage.SCHEDULED).update(
            due_at=timezone.now() - timedelta(seconds=1)
        )
        if not publish_due():
            return "nothing was due"
        self.live = set(self.expected)
        return "done"

    def restores(self, who: int) -> str:
        """Make one of the old versions the next state."""
        version = Version.objects.of(self.page).order_by("?").first()
        if version is None:
            return "no version"
        address = self._address("restore", version.number)
        answer = self.users[who][1].post(address, {"token": self._token(who)})
        if answer.status_code != 302:
            return f"refused ({answer.status_code})"
        self.expected = words_of(version.content)
        return f"version {version.number}"

    def imports(self, who: int) -> str:
        """Add a word on the path of imports, which knows no form."""
        word = self._new_word()
        try:
            with keeping.editing(self._now(), self.users[who][0]):
                text = PageText.objects.get(page=self.page)
                text.body += f"<p>It was told {word}</p>"
                text.save()
        except DoesNotFit:
            return "refused"
        self.expected.add(word)
        return word

    def acts_in_bulk(self, who: int) -> str:
        name = self.random.choice(["submit", "publish"])
        before = Version.objects.of(self.page).count()
        values = {
            "action": f"workflow_{name}",
            ACTION_CHECKBOX_NAME: [self.page.pk],
            "confirmed": "yes",
            f"token-{self.page.pk}": self._token(who),
        }
        answer = self.users[who][1].post(reverse("admin:pages_page_changelist"), values)
        assert answer.status_code == 302, answer.status_code
        if name == "publish" and Version.objects.of(self.page).count() > before:
            self.live = set(self.expected)
        return name

    def _merges(self, who: int, page: HttpResponse) -> HttpResponse:
        shown = BeautifulSoup(page.content, "lxml").select_one("#content-main form[method=post]")
        assert shown is not None, page.content.decode()
        values = {each["name"]: each["value"] for each in shown.select("input[type=hidden]")}
        values |= {each["name"]: "both" for each in shown.select("input[value=both]")}
        return self.users[who][1].post(shown["action"], values)

    def _counted(self, answer: HttpResponse, word: str) -> str:
        if answer.status_code == 302:
            self.accepted += 1
            self.expected.add(word)
            return word
        self.refused += 1
        assert answer.status_code in {403, 409}, answer.content.decode()
        return f"{word} refused ({answer.status_code})"

    def _performs(self, name: str, who: int, **values: Any) -> bool:
        try:
            perform(name, self._now(), self.users[who][0], token=self._token(who), **values)
        except (Refused, DoesNotFit):
            return False
        return True

    def _token(self, who: int) -> str:
        """Return the token of what somebody saw last, or of what there is now."""
        seen = self.forms.get(who, {}).get("edit_token", "")
        if seen and not self.is_careless and self.random.random() < 0.3:
            return str(seen)
        return Desk(self._now()).token

    def _new_word(self) -> str:
        self.count += 1
        return f"w{self.count}"

    def _now(self) -> Page:
        return Page.objects.get(pk=self.page.pk)

    def _address(self, name: str, *arguments: Any) -> str:
        return reverse(f"admin:pages_page_{name}", args=[self.page.pk, *arguments])
