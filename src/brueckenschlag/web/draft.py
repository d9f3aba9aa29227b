"""The preview of a draft: each page shows the text as the folder holds it now, below a banner with its faults."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ..assessments.operations import show_draft
from ..instruments import checks, library
from ..instruments.faults import ContentError, Fault
from ..instruments.loader import Draft

MOST_SHOWN = 50
_lock = threading.Lock()


class Watched:
    """A folder with a draft, its faults, and a stamp that changes with every change in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamp = ""
        self.faults: list[Fault] = []

    def look(self) -> None:
        """Takes over what has changed; a draft that cannot be read leaves the last one in its place."""
        files = sorted(self.folder.rglob("*.yaml"))
        stamp = str(hash(tuple((str(file), file.stat().st_mtime_ns) for file in files)))
        with _lock:
            if stamp == self.stamp:
                return
            others = library.folders(settings.CONFIGURATION.content.folders)
            self.faults = checks.faults_in(self.folder, others)
            with suppress(ContentError):  # its faults are on the banner
                show_draft(Draft(self.folder))
            self.stamp = stamp


def preview(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Looks at the folder before every page, and puts the banner on it."""
    watched = Watched(Path(settings.DRAFT_FOLDER))

    def handle(request: HttpRequest) -> HttpResponse:
        watched.look()
        if request.path == "/entwurf":
            return HttpResponse(watched.stamp, content_type="text/plain", headers={"Cache-Control": "no-store"})
        response = get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode()
            head, body, rest = page.partition("<body")
            tag, end, main = rest.partition(">")
            if body:
                response.content = f"{head}{body}{tag}{end}{_banner(watched)}{main}"
                response["Content-Length"] = str(len(response.content))  # or the page's end would be cut off
        return response

    return handle


def _banner(watched: Watched) -> str:
    shown = {
        "folder": watched.folder,
        "stamp": watched.stamp,
        "faults": _lines(watched, hints=False),
        "hints": _lines(watched, hints=True),
    }
    return render_to_string("parts/draft.html", shown)


def _lines(watched: Watched, *, hints: bool) -> list[str]:
    """The faults or the hints, each with its file as seen from where the folder lies; of very many the first."""
    found = [one for one in watched.faults if one.is_hint == hints]
    place = f"{watched.folder.parent}/"
    lines = [f"{str(one.file).removeprefix(place)}, Zeile {one.line}: {one.sentence}" for one in found[:MOST_SHOWN]]
    return [*lines, f"… und {len(found) - MOST_SHOWN} mehr"] if len(found) > MOST_SHOWN else lines
