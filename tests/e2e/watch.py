"""The watch over a device: no errors, nothing from elsewhere, nothing that the security policy has to stop."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# The browser reports what the security policy stops to the page; the page tells the console, where we listen.
TELL = "document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective));"
STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
# What the browser and htmx say when a request gets no answer at all.
UNANSWERED = re.compile(r"Failed to load resource: net::ERR_|htmx: htmx:error")
NO_ANSWER = 0


class Watch:
    """Collects complaints about all pages of one context.

    `expects` are the statuses that the test provokes itself, NO_ANSWER where it cuts the line: the browser writes
    each into the console as an error.
    """

    def __init__(self, context: BrowserContext, address: str, expects: tuple[int, ...] = ()) -> None:
        self.context = context
        self.complaints: list[str] = []
        self._address = address
        self._expects = expects
        context.add_init_script(TELL)
        context.on("console", self._hear)
        context.on("weberror", self._stumble)
        context.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_expected(message.text):
            self.complaints.append(f"console: {message.text} ({message.location})")

    def _stumble(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith(self._address + "/"):
            self.complaints.append(f"elsewhere: {request.url}")

    def _is_expected(self, text: str) -> bool:
        status = STATUS.match(text)
        if status:
            return int(status[1]) in self._expects
        return NO_ANSWER in self._expects and bool(UNANSWERED.match(text))
