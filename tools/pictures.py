"""`make pictures`: takes the README's pictures from the real pages and papers, filled with the example data."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tools")]
from browser import installed  # noqa: E402  # found only after the path has been added
from server import running  # noqa: E402  # the same

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
# name: width, height, page below the assessment's address ("/…" for a page of the site)
SHOTS = {
    "start": (1180, 760, "/"),
    "checkpoint": (1180, 1000, "checkpunkt/planen"),
    "checkpoint-phone": (390, 844, "checkpunkt/planen"),
    "overview": (1180, 900, "ueberblick"),
    "plan": (1180, 820, "plan"),
    "plan-phone": (390, 844, "plan"),
}

# name: width, height, whose account, words of the links that lead there
ACCOUNT_SHOTS = {
    "organisation": (1180, 900, "Ines Harder", ("Sozialwerk Mühltal e. V.",)),
    "board": (1180, 820, "Jo Brandt", ("Freiwilligenagentur Mittelstadt", "Wen wir beraten")),
}


def take(page: Page, name: str) -> None:
    """One picture, small enough for a repository."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")


def printed_plan(page: Page, root: str) -> None:
    """The first page of the printed plan, as a picture."""
    page.goto(f"{root}plan")
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder, "plan.pdf")
        page.pdf(path=paper, prefer_css_page_size=True)
        target = PICTURES / "plan-print"
        subprocess.run(["pdftoppm", "-png", "-r", "80", "-singlefile", str(paper), str(target)], check=True)


# Runs inside the product, on the database with the examples; the declaration is shown as if the plan were complete.
PAPERS = """
from dataclasses import replace
from pathlib import Path
from brueckenschlag.assessments.models import Assessment
from brueckenschlag.documents.building import of_assessment, of_instrument
from brueckenschlag.documents.office.word import word
from brueckenschlag.documents.office.workbook import workbook
from brueckenschlag.documents.printed.booklet import booklet_pdf
from brueckenschlag.documents.printed.brochure import brochure_pdf
from brueckenschlag.documents.printed.form import form_pdf
from brueckenschlag.documents.printed.papers import declaration_pdf, plan_pdf, report_pdf
report = of_assessment(Assessment.objects.get(name__startswith='Nachbarschaftshilfe'))
complete = replace(report, declaration=replace(report.declaration, complete_measures=report.declaration.least_measures))
blank = of_instrument(report.edition_hash)
made = {{'report': report_pdf(report), 'plan': plan_pdf(report), 'declaration': declaration_pdf(complete)}}
made |= {{'brochure': brochure_pdf(blank), 'booklet': booklet_pdf(blank), 'form': form_pdf(report)}}
for name, paper in made.items():
    Path({folder!r}, name + '.pdf').write_bytes(paper)
Path({folder!r}, 'word.docx').write_bytes(word(report))
Path({folder!r}, 'workbook.xlsx').write_bytes(workbook(report))
"""
# picture: paper and page
PRINTED = {
    "document-report-1": ("report", 1),
    "document-report-2": ("report", 3),
    "document-report-3": ("report", 4),
    "document-plan": ("plan", 1),
    "document-declaration": ("declaration", 1),
    "document-brochure-1": ("brochure", 1),
    "document-brochure-2": ("brochure", 3),
    "document-booklet": ("booklet", 1),
    "document-form": ("form", 3),
    "document-word": ("word", 1),
    "document-workbook": ("workbook", 1),
}
OFFICE = ("word.docx", "workbook.xlsx")


def papers(environment: dict[str, str]) -> None:
    """Pages of the papers that the first example takes with it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "brueckenschlag", "shell", "-c", PAPERS.format(folder=folder)]
        subprocess.run(command, env=environment, check=True)
        for file in OFFICE:
            convert = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
            subprocess.run([*convert, "--outdir", folder, f"{folder}/{file}"], check=True, capture_output=True)
        for name, (paper, number) in PRINTED.items():
            page = ["-f", str(number), "-l", str(number), "-singlefile"]
            source, target = Path(folder, f"{paper}.pdf"), PICTURES / name
            subprocess.run(["pdftoppm", "-png", "-r", "72", *page, str(source), str(target)], check=True)


def pictures(browser: Browser, site: str, link: str) -> None:
    """All pictures, by the link of the first example."""
    for name, (width, height, path) in SHOTS.items():
        context = browser.new_context(locale="de-DE", viewport={"width": width, "height": height})
        page = context.new_page()
        if path != "/":
            page.goto(link)
        root = page.url.removesuffix("ueberblick")
        page.goto(site + path if path == "/" else root + path)
        take(page, name)
        if name == "plan":
            printed_plan(page, root)
        context.close()


def account_pictures(browser: Browser, site: str, links: str) -> None:
    """Those that only somebody with an account sees, by the links that the examples come with."""
    for name, (width, height, person, ways) in ACCOUNT_SHOTS.items():
        context = browser.new_context(locale="de-DE", viewport={"width": width, "height": height})
        page = context.new_page()
        found = re.search(rf"^{person},.*\n  \S+(/einlass/\S+)", links, re.MULTILINE)
        assert found
        page.goto(site + found[1])
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(lambda url: "/einlass/" not in url)
        page.goto(f"{site}/konto")
        for words in ways:
            page.get_by_role("link", name=words).first.click()
        page.get_by_role("heading", level=1).wait_for()
        take(page, name)
        context.close()


def main() -> None:
    """Starts the server with example data and takes the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "brueckenschlag", "demo"]
        environment = os.environ | {"DATA_DIR": folder}
        links = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        key = re.findall(r"/weiter/(\S+)", links)[0]
        papers(environment)
        with running("product", Path(folder)) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)
            site = f"http://127.0.0.1:{server.port}"
            pictures(browser, site, f"{site}/weiter/{key}")
            account_pictures(browser, site, links)
            browser.close()


if __name__ == "__main__":
    main()
