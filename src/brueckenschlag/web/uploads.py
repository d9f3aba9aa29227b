"""Takes files into memory only: what people send is never written to the server's disk."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from ..documents.returns.reading import MOST_BYTES

# The fields of the form and the lines between the parts come on top of the file.
MOST_BESIDE = 250_000
# A larger file is read up to here and thrown away: a browser shows our answer only after it has sent everything.
MOST_DISCARDED = 40_000_000


class InMemory(FileUploadHandler):
    """Keeps a file of up to MOST_BYTES. A larger one is not there for the page, which asks for `sent_size`."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any) -> None:  # noqa: N803  # Django's name
        """Looks at the size before anything is read."""
        self.is_kept = content_length <= MOST_BYTES + MOST_BESIDE

    def new_file(self, *given: Any, **options: Any) -> None:
        """A file begins."""
        super().new_file(*given, **options)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it. Raises StopUpload where nobody would wait for the end."""
        if self.is_kept:
            self.content.write(raw_data)
        elif start > MOST_DISCARDED:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The whole file, or none."""
        if not self.is_kept:
            return None
        self.content.seek(0)
        name, kind = self.file_name or "", self.content_type or ""
        return InMemoryUploadedFile(self.content, self.field_name, name, kind, file_size, self.charset)


def sent_size(request: HttpRequest) -> int:
    """How many bytes the request has, about as many as the file in it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0
