"""Bodies of the kind multipart/form-data."""

from email.parser import BytesParser
from email.policy import HTTP


class Part:
    """One part: the name of its field, its file name or None, its kind and its bytes."""

    __slots__ = ("name", "file", "type", "data")

    def __init__(self, name: str, file: str | None, type: str, data: bytes) -> None:
        self.name, self.file, self.type, self.data = name, file, type, data


def parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body. Raises ValueError when it is of another kind or has no boundary."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode(), headersonly=True)
    boundary = message.get_boundary()
    if message.get_content_type() != "multipart/form-data" or not boundary:
        raise ValueError("multipart/form-data with a boundary is needed")
    mark = b"--" + boundary.encode()
    found = []
    for piece in (b"\r\n" + body).split(b"\r\n" + mark)[1:]:
        if piece.startswith(b"--"):
            break
        head, blank, data = piece.partition(b"\r\n\r\n")
        if not blank:
            raise ValueError("a part without a head")
        headers = BytesParser(policy=HTTP).parsebytes(head.lstrip(b"\r\n") + b"\r\n\r\n", headersonly=True)
        name = headers.get_param("name", header="content-disposition")
        if name is None:
            raise ValueError("a part without a name")
        kind = headers.get("content-type", "application/octet-stream")
        found.append(Part(str(name), headers.get_filename(), str(kind), data))
    return found
