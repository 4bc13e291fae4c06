"""Requests and their replies, one JSON object a line."""

import base64
import json
from pathlib import Path

from server.messages import Reply, Request


class Recording:
    """Appends pairs to a file; credentials are left out."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8")

    def add(self, request: Request, reply: Reply) -> None:
        headers = {name: value for name, value in request.headers.items() if name not in ("authorization", "cookie")}
        answered = {**reply.headers, **({"Content-Type": reply.type} if reply.body else {})}
        pair = {
            "request": {"method": request.method, "url": request.base + request.target, "headers": headers,
                        **body(request.body, request.headers.get("content-type", ""))},
            "response": {"status": reply.status, "headers": answered, **body(reply.body, reply.type)},
        }
        self.file.write(json.dumps(pair) + "\n")
        self.file.flush()


def body(raw: bytes, kind: str) -> dict:
    """As JSON when it says and is that, as text when it can be, else in base64; nothing when it is empty."""
    if not raw:
        return {}
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return {"body": {"base64": base64.b64encode(raw).decode()}}
    if "json" in kind:
        try:
            return {"body": json.loads(text)}
        except ValueError:
            pass
    return {"body": text}
