"""Uploads that never end: what is beyond the limit is not even written to a disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class QuotaUploadHandler(FileUploadHandler):
    """Pass on an upload up to the limit and a little more; the form then says it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.MAX_UPLOAD_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        """Leave the file to the handlers after this one."""
        return None
