"""A browser that holds many pages at once and hears every script that runs in one of them.

The content security policy would stop most scripts by itself. Here it is switched off, so that
what is found is what escaping and cleaning missed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Error, Page, Request

SITE = "http://site.test"
AT_ONCE = 60

_LISTEN = """
    window.heard = [];
    for (const name of ["alert", "confirm", "prompt"]) {
        Object.defineProperty(window, name, {
            configurable: false,
            value: () => { try { top.heard.push(window.frameElement?.dataset.name ?? "?"); } catch {
                top.postMessage("heard", "*"); } },
        });
    }
    if (window === top) {
        addEventListener("message", event => { if (event.data === "heard") heard.push("?"); });
    }
"""

_LOOK = """
    (page, name) => {
        const found = [];
        const runs = value => /^(javascript|vbscript|data):/i.test(
            String(value).replace(/[\\u0000-\\u0020]/g, ""));
        const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "to",
            "background", "srcdoc", "values", "from"];
        const never = "iframe, frame, object, embed, applet, base, animate, set, foreignObject, "
            + "portal, meta[http-equiv], math";
        for (const element of page.querySelectorAll("*")) {
            for (const {name: attribute, value} of element.attributes) {
                if (/^on/i.test(attribute)) found.push(`event ${attribute}`);
                if (addresses.includes(attribute.toLowerCase()) && (runs(value)
                    || attribute === "srcdoc")) found.push(`${attribute}=${value}`);
            }
            if (element.matches(never)) found.push(`<${element.localName}>`);
            if (element.localName === "style") found.push("<style>");
            if (element.localName === "script") {
                const source = element.getAttribute("src") ?? "";
                const harmless = /json$|^importmap$/.test(element.type)
                    || /^\\/(static|admin\\/jsi18n)\\//.test(source);
                if (!harmless) found.push(`<script> ${source}`);
            }
        }
        return found.map(what => [name, what]);
    }
"""

_OPEN = (
    """async ([pages, patience]) => {
        const look = """
    + _LOOK
    + """;
        heard.length = 0;
        const frames = pages.map(([name, html]) => {
            const frame = document.createElement("iframe");
            frame.dataset.name = name;
            frame.srcdoc = html;
            return frame;
        });
        const loaded = frames.map(frame => new Promise(done => {
            frame.addEventListener("load", done);
            setTimeout(done, patience);
        }));
        document.body.replaceChildren(...frames);
        await Promise.all(loaded);
        await new Promise(done => setTimeout(done, 60));
        const found = [];
        for (const frame of frames) {
            let page = null;
            try { page = frame.contentDocument; } catch {}
            if (page === null) found.push([frame.dataset.name, "led elsewhere"]);
            else if (page.readyState !== "complete") found.push([frame.dataset.name, "stuck"]);
            else found.push(...look(page, frame.dataset.name));
        }
        for (const name of heard) found.push([name, "ran"]);
        return found;
    }"""
)


def _batches(pages: Iterable[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    source = iter(pages)
    while batch := list(islice(source, AT_ONCE)):
        yield batch


@dataclass
class Listener:
    """A browser window at an address that nobody else has."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Addresses of other hosts that a page has asked for."""

    @classmethod
    def start(cls, browser: Browser) -> "Listener":
        page = browser.new_context(bypass_csp=True).new_page()
        page.add_init_script(_LISTEN)
        page.route(f"{SITE}/", lambda route: route.fulfill(body="<!doctype html><body>",
                                                           content_type="text/html"))  # fmt: skip
        page.goto(f"{SITE}/")
        page.unroute_all()
        # Whatever a page asks for from now on is missing, as fast as can be.
        page.context.set_offline(True)
        listener = cls(page)
        page.on("request", listener._note)
        return listener

    def _note(self, request: Request) -> None:
        if not request.url.startswith((SITE, "about:", "data:", "blob:")):
            self.asked.append(request.url)

    def opened(self, name: str, body: bytes, media_type: str) -> list[tuple[str, str]]:
        """Open an answer that is no HTML in a window of its own, as its type says."""
        window = self.page.context.new_page()
        window.add_init_script(_LISTEN)
        window.route(
            "**/*",
            lambda route: (
                route.fulfill(body=body, content_type=media_type)
                if route.request.url == f"{SITE}/answer"
                else route.abort()
            ),
        )
        try:
            window.goto(f"{SITE}/answer")
        except Error as error:
            # A browser saves what it cannot show: a table, for one.
            if "Download is starting" not in str(error):
                raise
            return []
        look = f"() => [({_LOOK})(document, {name!r}), heard]"
        found, heard = window.evaluate(look)
        window.close()
        # Chromium brings a style of its own to show XML with.
        noted = [tuple(one) for one in found if one[1] != "<style>"]
        return noted + [(name, "ran") for _one in heard]

    def find(
        self, pages: Iterable[tuple[str, str]], patience: int = 20_000
    ) -> list[tuple[str, str]]:
        """Open HTML pages, each with its name, and return what ran or could, by name.

        A page that does not load in so many milliseconds is found too: nobody has looked at it.
        """
        found: list[tuple[str, str]] = []
        for batch in _batches(pages):
            found += [tuple(one) for one in self.page.evaluate(_OPEN, [batch, patience])]
        return found + [("another host", address) for address in self.asked]


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def shown(
    client: Client, pages: Iterable[tuple[str, str]], *, lenient: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the pages at some addresses; each has to be there unless `lenient`.

    What is no page must say so, for a browser then shows it as what it is.
    """
    for name, address in pages:
        response = client.get(address)
        assert lenient or response.status_code == 200, f"{name}: {response.status_code}"
        assert response["X-Content-Type-Options"] == "nosniff"
        if response.headers.get("Content-Type", "").startswith("text/html"):
            yield name, body_of(response).decode()
