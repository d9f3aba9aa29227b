"""`content …`: what a publisher does with instruments: check, publish, compare, describe, preview, import."""

import json
from argparse import ArgumentParser
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...assessments import editions
from ...assessments.models import Edition
from ...assessments.operations import OtherMeaningError, VersionTakenError, publish_edition
from ...imports import drafts
from ...imports.lines import RefusedError
from ...instruments import checks, compare, figures, library, readability, schema, texts
from ...instruments.faults import ContentError
from ...instruments.loader import Draft
from ...instruments.wording import KINDS
from ..preview import preview


class Command(BaseCommand):
    """Everything about instruments."""

    help = "Instrumente prüfen, veröffentlichen, vergleichen, beschreiben, ansehen, einlesen"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb, then what it needs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="Instrumente prüfen; ohne Angabe alle")
        check.add_argument("--strict", action="store_true", help="auch Hinweise gelten als Fehler")
        check.add_argument("--readability", action="store_true", help="dazu die Lesbarkeit jedes Textes nennen")
        check.add_argument("instruments", nargs="*", metavar="INSTRUMENT", help="Kürzel oder Ordner")
        publish = verbs.add_parser("publish", help="eine Fassung veröffentlichen; danach ändert sie sich nie mehr")
        publish.add_argument("instruments", nargs=1, metavar="INSTRUMENT", help="Kürzel oder Ordner")
        publish.add_argument(
            "--same", nargs="+", default=[], metavar="SCHLÜSSEL", help="dasselbe gemeint trotz anderer Worte"
        )
        diff = verbs.add_parser("diff", help="was sich gegenüber der veröffentlichten Fassung geändert hat")
        diff.add_argument("instruments", nargs=1, metavar="INSTRUMENT", help="Kürzel oder Ordner")
        shown = verbs.add_parser("preview", help="einen Entwurf ansehen, während man ihn schreibt")
        shown.add_argument("instruments", nargs=1, metavar="INSTRUMENT", help="Kürzel oder Ordner")
        describe = verbs.add_parser("schema", help="JSON-Schemata für Editoren schreiben")
        describe.add_argument("folder", type=Path, metavar="ORDNER")

        draft = verbs.add_parser("import", help="Eine Praxishilfe aus .docx, .pdf oder .txt als Entwurf lesen")
        draft.add_argument("file", type=Path, metavar="DATEI")
        draft.add_argument("--to", type=Path, required=True, metavar="ORDNER", help="neuer Ordner für den Entwurf")
        draft.add_argument("--slug", default="", metavar="KÜRZEL", help="legt den Entwurf als ORDNER/KÜRZEL an")

    def handle(self, *args: Any, **options: Any) -> None:
        """Calls the verb."""
        verb = options["verb"]
        lacks_some = self._names_unusable_folders()
        if verb in ("publish", "diff"):
            call_command("migrate", verbosity=0)  # they may be called before the site has ever been started
        if verb == "check":
            if lacks_some and not options["instruments"]:
                raise CommandError(
                    "Nicht alle Instrumente lassen sich prüfen. Bitte zuerst die Einstellungen berichtigen."
                )
            self._check(options["instruments"], strict=options["strict"], with_readability=options["readability"])
        elif verb == "publish":
            self._publish(options["instruments"][0], options["same"])
        elif verb == "diff":
            self._diff(options["instruments"][0])
        elif verb == "preview":
            preview(_folder(options["instruments"][0]), say=self.stdout.write)
        elif verb == "import":
            self._import(options["file"], options["to"], options["slug"])
        else:
            self._schema(options["folder"])

    def _names_unusable_folders(self) -> bool:
        """Says which folders of the settings hold nothing; whether there are such."""
        sentences = list(library.unusable(settings.CONFIGURATION.content.folders))
        for sentence in sentences:
            self.stderr.write(f"Hinweis: {sentence}")
        return bool(sentences)

    def _check(self, names: list[str], *, strict: bool, with_readability: bool) -> None:
        """Prints each fault as file:line: sentence and fails when there is one."""
        known = library.folders(settings.CONFIGURATION.content.folders)
        folders = [_folder(name) for name in names] or list(known.values())
        known |= {folder.name: folder for folder in folders}
        found = [fault for folder in folders for fault in checks.faults_in(folder, known)]
        own = settings.DATA_DIR / "figures.yaml"
        for file in [] if names else [figures.FILE, *([own] if own.exists() else [])]:
            found += figures.faults_in(file, timezone.localdate())
        if not names:
            found += texts.faults_in([code for code, _ in settings.LANGUAGES], settings.DATA_DIR)
        for fault in found:
            self.stderr.write(str(fault))
        faults = [fault for fault in found if strict or not fault.is_hint]
        if faults:
            raise CommandError(f"{len(faults)} Fehler in {len(folders)} Instrumenten.")
        for folder in folders if with_readability else []:
            self._readability(folder)
        noun = "Instrument" if len(folders) == 1 else "Instrumente"
        self.stdout.write(f"Alles in Ordnung: {len(folders)} {noun} geprüft.")

    def _readability(self, folder: Path) -> None:
        for language, instrument in _draft(folder).instruments.items():
            for place, figure in readability.figures(instrument).items():
                self.stdout.write(f"{folder.name} {language} {figure:6.1f} {place}")
            whole = readability.of_all(instrument)
            words = "keine Formel" if whole is None else f"{whole:6.1f}"
            self.stdout.write(f"{folder.name} {language} {words} alles zusammen")

    def _publish(self, name: str, same: Collection[str]) -> None:
        folder = _folder(name)
        faults = [fault for fault in checks.faults_in(folder, self._known()) if not fault.is_hint]
        if faults:
            raise CommandError("\n".join(str(fault) for fault in faults))
        draft = _draft(folder)
        before = editions.current(draft.frame.slug)
        try:
            edition, is_new = publish_edition(draft, same=same)
        except VersionTakenError:
            raise CommandError(
                f"Fassung {draft.frame.edition} ist schon veröffentlicht, und der Text ist jetzt ein anderer. "
                "Bitte in instrument.yaml unter „edition“ eine neue nennen."
            ) from None
        except OtherMeaningError as error:
            raise CommandError(_other_meaning(error.changes)) from None
        if before and is_new:
            self._outdated(before, draft)
        words = "ist veröffentlicht" if is_new else "war schon veröffentlicht, unverändert"
        self.stdout.write(f"{edition.slug}, Fassung {edition.version}, {words}. Prüfsumme {edition.hash}")

    def _diff(self, name: str) -> None:
        """Prints what people will be told when they may move to this draft."""
        draft = _draft(_folder(name))
        published = editions.current(draft.frame.slug)
        if published is None:
            raise CommandError(f"Von „{draft.frame.slug}“ ist noch keine Fassung veröffentlicht.")
        self.stdout.write(f"Verglichen mit Fassung {published.version}:")
        changes = compare.changes(editions.original(published.hash), draft.instrument)
        for change in changes:
            self.stdout.write(_line(change))
        if not changes:
            self.stdout.write("Keine Änderung an den Texten.")
        self._outdated(published, draft)

    def _outdated(self, published: Edition, draft: Draft) -> None:
        """Names the translations that stayed as they were although the original says it differently now."""
        for language, place in compare.outdated(editions.texts(published.hash), draft.instruments):
            sentence = f"Übersetzung vielleicht veraltet: {'.'.join(place)}. Das Original ist neu gefasst, sie nicht."
            self.stdout.write(str(draft.translations[language].fault(place, sentence).as_hint()))

    def _schema(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in schema.schemas().items():
                text = json.dumps(content, ensure_ascii=False, indent=2)
                (folder / name).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{folder} lässt sich nicht schreiben: {error.strerror}.") from None
        self.stdout.write(f"Geschrieben nach {folder}: {', '.join(schema.schemas())}")

    def _import(self, file: Path, to: Path, slug: str) -> None:
        """Writes a draft and prints what was found, what is missing, and what to look at."""
        try:
            imported = drafts.import_document(file, to, slug)
        except RefusedError as error:
            raise CommandError(f"Nicht eingelesen, nichts geschrieben.\n{error}") from None
        for line in imported.lines():
            self.stdout.write(line)
        self.stdout.write(f"Geschrieben: {imported.folder}, alle Stellen in {imported.folder / drafts.REPORT}")
        self.stdout.write(f"Bitte durchsehen, dann: content check {imported.folder}")

    def _known(self) -> dict[str, Path]:
        return library.folders(settings.CONFIGURATION.content.folders)


def _folder(name: str) -> Path:
    """The folder of an instrument that is named by its slug or by its folder."""
    known = library.folders(settings.CONFIGURATION.content.folders)
    folder = known.get(name, Path(name).resolve())
    if not (folder / "instrument.yaml").is_file():
        raise CommandError(f"„{name}“ ist weder eines der Instrumente ({', '.join(known)}) noch ein Ordner mit einem.")
    return folder


def _draft(folder: Path) -> Draft:
    try:
        return Draft(folder)
    except ContentError as error:
        raise CommandError(str(error)) from None


def _line(change: compare.Change) -> str:
    name = KINDS[change.kind] + (f" {change.key}" if change.key != change.kind else "")
    if change.what == "new":
        return f"+ {name}: {change.after}"
    if change.what == "gone":
        return f"- {name}: {change.before}"
    return f"~ {name}:\n    vorher:  {change.before or '–'}\n    nachher: {change.after or '–'}"


def _other_meaning(changes: list[compare.Change]) -> str:
    keys = " ".join(change.key for change in changes)
    return "\n".join(
        [
            "Diese Schlüssel standen früher für etwas anderes:",
            *(_line(change) for change in changes),
            "Ist etwas Neues gemeint, braucht es einen neuen Schlüssel. Ist dasselbe gemeint, nur anders gesagt: "
            f"--same {keys}",
        ]
    )
