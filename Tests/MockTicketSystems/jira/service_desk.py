"""What all of Service Management shares: the one service desk, pages, people and times in its words."""

from jira.records import PROJECTS
from jira.showing import time
from server.messages import Reply, Request, reply_json

API = "rest/servicedeskapi"
DESK, PROJECT = "1", PROJECTS["SUP"]
REQUEST_TYPES = {"1": ("Get help", "Question"), "2": ("Report a problem", "Task")}


def date(milliseconds: int, zone: str = "UTC") -> dict:
    """A time, four times over."""
    jira = time(milliseconds, zone)
    return {"iso8601": jira[:19] + jira[23:], "jira": jira, "friendly": f"{jira[:10]} {jira[11:16]}",
            "epochMillis": milliseconds}


def page(request: Request, items: list, shown) -> Reply:
    """A page by `start` and `limit`."""
    start, limit = request.number("start", 0), request.number("limit", 50, 1, 100)
    values = [shown(item) for item in items[start:start + limit]]
    links = {"base": request.base, "context": "", "self": f"{request.base}{request.target}"}
    is_last = start + limit >= len(items)
    if not is_last:
        links["next"] = f"{request.base}{request.raw_path}?start={start + limit}&limit={limit}"
    return reply_json(200, {"size": len(values), "start": start, "limit": limit, "isLastPage": is_last,
                            "values": values,
                            "_links": links})


def user(desk, base: str, number: int) -> dict:
    person = desk.people.by_number[number]
    place = f"{base}/rest/api/3/user?accountId={person.account}"
    return {"accountId": person.account, "emailAddress": person.email, "displayName": person.name, "active": True,
            "timeZone": desk.settings.time_zone(person.email), "_links": {"self": place, "jiraRest": place,
                                                                          "avatarUrls": {}}}


def known_desk(desk, id: str) -> None:
    if id not in (DESK, PROJECT.key):
        raise desk.refuse(404, "The service desk doesn't exist or you do not have permission to see it.")


def exactly(desk, request: Request, *names: str) -> dict:
    """The body; any other property than these is refused with 400."""
    given = desk.object(request)
    if unknown := [name for name in given if name not in names]:
        raise desk.refuse(400, f"Unrecognized property '{unknown[0]}'")
    return given
