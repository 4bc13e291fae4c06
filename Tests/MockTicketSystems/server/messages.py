"""A request, a reply, and what a handler raises to refuse a request."""

import json
from urllib.parse import parse_qsl, unquote


class Request:
    """One HTTP request. `headers` has lower-case names; `user` is set once the system knows who asks."""

    __slots__ = ("method", "target", "raw_path", "path", "headers", "body", "user", "pairs", "_query")

    def __init__(self, method: str, target: str, headers: dict[str, str], body: bytes) -> None:
        raw_path, _, query = target.partition("?")
        self.method, self.target, self.headers, self.body = method, target, headers, body
        self.raw_path, self.path = raw_path, unquote(raw_path)
        self.pairs = parse_qsl(query, keep_blank_values=True) if query else []
        self._query: dict[str, str] | None = None
        self.user = None

    @property
    def base(self) -> str:
        """Where the client thinks the server is, for links: `http://host:port`."""
        return "http://" + self.headers.get("host", "127.0.0.1")

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the target; of repeated ones the last."""
        if self._query is None:
            self._query = dict(self.pairs)
        return self._query

    def values(self, name: str) -> list[str]:
        """All values of a parameter, repeated or with commas between them."""
        return [part for key, value in self.pairs if key == name for part in value.split(",") if part]

    def number(self, name: str, default: int, low: int = 0, high: int = 10**12) -> int:
        """A parameter as an integer within [low, high]; `default` when it is missing or no integer."""
        try:
            return min(max(int(self.query.get(name, default)), low), high)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() == "true"

    def json(self):
        """The body as JSON. Raises ValueError when it is none."""
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


class Reply:
    """One HTTP reply; `body` has its `type` unless it is empty."""

    __slots__ = ("status", "headers", "body", "type")

    def __init__(self, status: int, body: bytes = b"", type: str = "application/json; charset=utf-8",
                 headers: dict[str, str] | None = None) -> None:
        self.status, self.body, self.type, self.headers = status, body, type, headers or {}


class Refused(Exception):
    """Ends the handling of a request with this reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def encoded(value) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def reply_json(status: int, value, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, encoded(value), headers=headers)


def reply_page(status: int, title: str, headers: dict[str, str] | None = None) -> Reply:
    """A page for people where a program expected JSON."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Reply(status, page.encode(), "text/html; charset=utf-8", headers)
