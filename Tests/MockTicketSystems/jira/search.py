"""/rest/api/3/search/jql: an index that may lag, no total, and a token for the next page."""

import base64
import json
from collections.abc import Callable, Iterable
from hashlib import sha256

from jira import history
from jira.fields import refused
from jira.jql import Condition, Query, parse
from jira.matching import SORTS, TIMES, field_of, keys, moment, test
from jira.records import Issue
from jira.showing import View
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes

routes = Routes()
TOKEN_SECONDS = 7 * 86_400
UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
GONE = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."


@routes.on("GET", "rest/api/3/search")
@routes.on("POST", "rest/api/3/search", writes=False)
def search_removed(desk, request: Request) -> Reply:
    raise Refused(reply_json(410, {"errorMessages": [GONE], "errors": {}}))


@routes.on("GET", "rest/api/3/search/jql")
def search_by_query(desk, request: Request) -> Reply:
    return search(desk, request, request.query.get("jql", ""), request.values("fields"),
                  request.number("maxResults", 50, 0, 5000),
                  request.query.get("nextPageToken"), request.values("reconcileIssues"), request.values("expand"))


@routes.on("POST", "rest/api/3/search/jql", writes=False)
def search_by_body(desk, request: Request) -> Reply:
    given = desk.object(request)
    size = given.get("maxResults", 50)
    if not isinstance(size, int):
        raise refused(messages=["maxResults: a number is needed"])
    expand = str(given.get("expand") or "").split(",")
    fields, reconciled = (
        [str(each) for each in desk.items(given, name)] for name in ("fields", "reconcileIssues"))
    return search(desk, request, str(given.get("jql", "")), fields, min(max(size, 0), 5000), given.get("nextPageToken"),
                  reconciled, expand)


@routes.on("POST", "rest/api/3/search/approximate-count", writes=False)
def approximate_count(desk, request: Request) -> Reply:
    return reply_json(200, {"count": len(found(desk, str(desk.object(request).get("jql", "")), request.user, ()))})


def search(desk, request: Request, jql: str, wanted: list[str], size: int, token: str | None, reconciled: list[str],
           expand: list[str]) -> Reply:
    if len(reconciled) > 50:
        raise refused(messages=["reconcileIssues: at most 50 ids"])
    ids = tuple(sorted(int(id) for id in reconciled if id.isdigit()))
    only_ids = not wanted or wanted == ["id"]
    if not only_ids:
        # With fields a page is short, however many are asked for.
        size = min(size, 100)
    start = 0 if token is None else offset(desk, token, jql)
    issues = found(desk, jql, request.user, ids)
    page = issues[start:start + size]
    view, expansions = View(desk, request), frozenset(expand)
    # Cut first, checked for access after: a page can be shorter than asked.
    seen = [issue for issue in page if not history.is_hidden(issue, request.user)]
    shown = [{"id": str(issue.id)} if only_ids else view.issue(issue, wanted, expansions) for issue in seen]
    reply: dict = {"issues": shown, "isLast": start + size >= len(issues) or size == 0}
    if not reply["isLast"]:
        reply["nextPageToken"] = token_for(desk, jql, start + size)
    return reply_json(200, reply)


def token_for(desk, jql: str, offset: int) -> str:
    content = {"o": offset, "q": sha256(jql.encode()).hexdigest()[:16], "t": desk.clock.seconds()}
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def offset(desk, token: str, jql: str) -> int:
    """Where a page starts. Raises Refused with 400 for a token that is of another query, or over seven days old."""
    try:
        content = json.loads(base64.urlsafe_b64decode(token))
        fits = content["q"] == sha256(jql.encode()).hexdigest()[:16] and content["t"] > desk.clock.now() - TOKEN_SECONDS
        place = int(content["o"])
    except (ValueError, KeyError, TypeError):
        fits = False
    if not fits:
        raise refused(messages=["The provided next page token is invalid or expired."])
    return place


def found(desk, jql: str, user, reconciled: tuple[int, ...]) -> list[Issue]:
    """The issues as the index sees them, in the order of the query. Raises Refused with 400."""
    key = (user.email, jql, reconciled, desk.version, desk.settings.time_zone(user.email))
    lag = desk.settings["indexLagSeconds"]
    if not lag and key in desk.found:
        return desk.found[key]
    try:
        query = parse(jql)
        if query.tree is None:
            raise ValueError(UNBOUNDED)
        issues = run(desk, query, user, frozenset(reconciled), lag)
    except ValueError as error:
        raise refused(messages=[str(error)]) from error
    while len(desk.found) >= 16:
        del desk.found[next(iter(desk.found))]
    # What the clock itself can change is not kept.
    if not lag and "(" not in jql and "-" not in jql:
        desk.found[key] = issues
    return issues


def run(desk, query: Query, user, reconciled: frozenset[int], lag: float) -> list[Issue]:
    accept = compiled(desk, query.tree, user)
    cut = desk.clock.milliseconds() - lag * 1000
    issues = []
    for issue in candidates(desk, query.tree, user, lag):
        if lag and issue.id not in reconciled:
            issue = indexed(issue, cut)
        if issue is not None and accept(issue):
            issues.append(issue)
    for name, descends in reversed(query.order or [("created", True)]):
        place = field_of(name)
        sort = SORTS.get(TIMES.get(place, place))
        if sort is None:
            raise ValueError(f"Field '{name}' does not exist or this field cannot be viewed by anonymous users.")
        issues.sort(key=sort, reverse=descends)
    return issues


def indexed(issue: Issue, cut: int) -> Issue | None:
    """The issue as it was at `cut`; None when it was not there yet."""
    if issue.created > cut:
        return None
    return next((before for time, before in issue.stale or () if time > cut), issue)


def compiled(desk, tree, user) -> Callable[[Issue], bool]:
    """The tree of a query as a function. Raises ValueError as `test` does."""
    if tree is None:
        return lambda issue: True
    if isinstance(tree, Condition):
        return test(desk, tree, user)
    kind, parts = tree
    if kind == "not":
        inner = compiled(desk, parts, user)
        return lambda issue: not inner(issue)
    tests = [compiled(desk, part, user) for part in parts]
    together = all if kind == "and" else any
    return lambda issue: together(test(issue) for test in tests)


def candidates(desk, tree, user, lag: float) -> Iterable[Issue]:
    """Issues that may meet the tree: as few as keys or the order of changes can tell."""
    parts = tree[1] if isinstance(tree, tuple) and tree[0] == "and" else [tree]
    conditions = [part for part in parts if isinstance(part, Condition)]
    for condition in conditions:
        if field_of(condition.field) == "key" and condition.operator in ("=", "in"):
            ids = dict.fromkeys(id for value in condition.values for id in keys(desk, value, user))
            return [desk.issues[id] for id in ids]
    for condition in conditions:
        if TIMES.get(field_of(condition.field)) == "updated" and condition.operator in (">", ">="):
            start, _ = moment(desk, condition.values[0], user)
            return [desk.issues[id] for _, _, id in desk.changes.since(start)]
    return list(desk.issues.values())
