"""Opening the site's pages in a browser, and hearing what the browser complains about."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.world import ERRORS, path_of


@dataclass
class Reader:
    """A visitor with a browser, before a site with one of everything."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    """What the browser wrote into its console: script errors, broken rules of the policy."""
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)

    def open(self, kind: str, language: str = "en") -> Page:
        """Open one kind of page and check that it answers as that kind does."""
        response = self.page.goto(self.site + path_of(kind, language))
        assert response is not None
        assert response.status == ERRORS.get(kind, 200), f"{kind} answered {response.status}"
        return self.page

    def _note_message(self, message: ConsoleMessage) -> None:
        # Chromium reports the 404 and 410 that a test asked for as a failed load.
        expected = message.text.startswith("Failed to load resource") and any(
            f"status of {status}" in message.text for status in ERRORS.values()
        )
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.requests.append(request.url)
