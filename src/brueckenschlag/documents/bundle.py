"""All documents in one .zip."""

import io
import zipfile

from . import catalogue
from .report import Report


def bundle(report: Report) -> bytes:
    """Everything that can be made of this Report; no two of them share a name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for document in catalogue.offered(report):
            when = (report.made_on.year, report.made_on.month, report.made_on.day, 0, 0, 0)
            file = zipfile.ZipInfo(document.file_name(report), when)
            file.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(file, document.bytes_of(report))
    return packed.getvalue()
