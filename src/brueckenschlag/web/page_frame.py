"""What surrounds every page: head, header and footer, rendered once in each language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .languages import once_per_language

# In the footer this stands for the address of the page that it is shown on.
HERE = "\ue002"


@once_per_language
def frame() -> dict[str, SafeString]:
    """What surrounds every page and never changes."""
    shown = {"language": get_language(), "languages": settings.LANGUAGES, "here": HERE}
    parts = {name: render_to_string(f"parts/{name}.html", shown) for name in ("head", "header", "footer")}
    parts["header_member"] = render_to_string("parts/header.html", shown | {"is_member": True})
    scripts = {"script": "brueckenschlag.js", "htmx": "vendor/htmx.min.js", "passkey": "passkey.js"}
    ahead = format_html('<link rel="prefetch" href="{}" as="script">', static(scripts["htmx"]))
    tags = {name: format_html('<script src="{}" defer></script>', static(file)) for name, file in scripts.items()}
    return parts | tags | {"ahead": ahead}


def header(is_member: bool) -> SafeString:
    """The header for somebody who has signed in, or who has not."""
    return frame()["header_member" if is_member else "header"]


def footer(here: str) -> SafeString:
    """The footer of the page at this address, which its links to other languages name."""
    return SafeString(frame()["footer"].replace(HERE, here))
