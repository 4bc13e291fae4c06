"""Zendesk's two ways of paging: by cursor and by number of the page."""

import base64
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from server.messages import Refused, Request, reply_json

OFFSET_LIMIT = 10_000


def page(request: Request, name: str, items: Sequence, shown: Callable[[object], dict],
         key: Callable[[object], int]) -> dict:
    """One page of `items`, which are in order of `key` (unique), as the request asks: `page[size]` or `page`/`per_page`."""
    if "page[size]" in request.query or "page[after]" in request.query or "page[before]" in request.query:
        return by_cursor(request, name, items, shown, key)
    size, number = request.number("per_page", 100, 1, 100), request.number("page", 1, 1)
    if size * number > OFFSET_LIMIT:
        raise Refused(reply_json(400, {"error": {"title": "Invalid attribute",
                                                 "message": "Use cursor pagination beyond 10000 records"}}))
    start = (number - 1) * size
    more = start + size < len(items)
    return {name: [shown(item) for item in items[start:start + size]], "count": len(items),
            "next_page": link(request, page=number + 1) if more else None,
            "previous_page": link(request, page=number - 1) if number > 1 else None}


def by_cursor(request: Request, name: str, items: Sequence, shown: Callable, key: Callable) -> dict:
    size = request.number("page[size]", 100, 1, 100)
    if after := request.query.get("page[after]"):
        start = position(items, key, decoded(after)) + 1
    elif before := request.query.get("page[before]"):
        start = max(0, position(items, key, decoded(before)) - size)
    else:
        start = 0
    part = items[start:start + size]
    more = start + size < len(items)
    first, last = (encoded_cursor(key(part[0])), encoded_cursor(key(part[-1]))) if part else (None, None)
    return {name: [shown(item) for item in part],
            "meta": {"has_more": more, "after_cursor": last, "before_cursor": first},
            "links": {"prev": link(request, **{"page[before]": first}) if start else None,
                      "next": link(request, **{"page[after]": last}) if more else None}}


def position(items: Sequence, key: Callable, wanted: int) -> int:
    """Where `wanted` is or was: the last place whose key comes not after it."""
    place = -1
    rising = len(items) < 2 or key(items[0]) < key(items[-1])
    for index, item in enumerate(items):
        if (key(item) <= wanted) == rising or key(item) == wanted:
            place = index
        else:
            break
    return place


def link(request: Request, **changed) -> str:
    """The address of the request with other parameters."""
    kept = {name: value for name, value in request.query.items() if name not in ("page[after]", "page[before]")}
    return f"{request.base}{request.raw_path}?{urlencode({**kept, **changed}, safe='[]')}"


def encoded_cursor(key: int) -> str:
    return base64.urlsafe_b64encode(f"o{key}".encode()).decode().rstrip("=")


def decoded(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[1:])
    except ValueError:
        raise Refused(reply_json(400, {"errors": [{
            "code": "InvalidPaginationParameter", "title": "page[after] is not valid"}]})) from None
