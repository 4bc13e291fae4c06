"""The control API under /mock/."""

import time

from server.messages import Reply, Request, encoded, reply_json
from server.settings import SYSTEMS
from server.webhooks import Options


def answer(world, request: Request) -> Reply:
    function = ROUTES.get((request.method, request.path.removeprefix("/mock/").rstrip("/")))
    if function is None:
        return reply_json(404, {"error": f"{request.method} {request.path}: no such call"})
    try:
        given = request.json() if request.body else {}
        if not isinstance(given, dict):
            raise ValueError("an object is needed")
        reply = function(world, request, given)
        return reply if isinstance(reply, Reply) else reply_json(200, reply)
    except (ValueError, TypeError, KeyError) as error:
        return reply_json(400, {"error": str(error)})


def set_faults(world, request, given):
    world.set_faults(given)
    return get_faults(world, request, given)


def get_faults(world, request, given):
    return {**vars(world.faults.plan), "next": list(world.faults.waiting), "counts": world.faults.counts}


def set_settings(world, request, given):
    world.set_settings(given)
    return world.settings.values


def get_settings(world, request, given):
    return world.settings.values


def add_webhook(world, request, given):
    options = Options(**given)
    options.check()
    return {"id": world.webhooks.add(options).id}


def get_webhooks(world, request, given):
    return {"webhooks": [hook.shown() for hook in world.webhooks.hooks.values()]}


def end_webhooks(world, request, given):
    world.webhooks.end()
    return {}


def get_journal(world, request, given):
    return {"entries": world.journal.since(named(request.query, optional=True), request.number("from", 1)),
            "next": world.journal.next}


def get_requests(world, request, given):
    by_user = {user: counts for user, counts in world.requests_of.items() if user}
    return {"requests": world.requests, "users": by_user, "refused": world.refused}


def get_counts(world, request, given):
    return {name: system.counts() for name, system in world.systems.items()}


def get_state(world, request, given):
    name = named(request.query)
    wanted = set(request.values("tickets")) or None
    system = world.systems[name]
    # A ticket at a time, so that a hundred thousand of them are never in memory as objects at once.
    tickets = b",".join(encoded(ticket) for ticket in system.state(wanted))
    articles = encoded(system.articles_state())
    return Reply(200, b'{"system":"%s","tickets":[%s],"articles":%s}' % (name.encode(), tickets, articles))


def seed(world, request, given):
    begin = time.monotonic()
    system = world.systems[named(given)]
    low, high = given.get("comments", [0, 3])
    count = given["tickets"]
    if not (isinstance(count, int) and 0 <= count <= 1_000_000 and 0 <= low <= high <= 100):
        raise ValueError("tickets: 0 to 1000000; comments: [low, high], each 0 to 100")
    comments = system.seed(count, (low, high), given.get("seed", 0), given.get("days", 90))
    return {"tickets": count, "comments": comments, "seconds": round(time.monotonic() - begin, 3)}


def customer(world, request, given):
    system = world.systems[named(given)]
    ticket = given.get("ticket")
    return {"ticket": system.customer_wrote(
        None if ticket is None else str(ticket), str(given["email"]), str(given["text"]),
        str(given.get("subject", "By mail")))}


def automation(world, request, given):
    system = world.systems[named(given)]
    system.automation_changed(str(given["ticket"]), dict(given["fields"]))
    return {}


def reset(world, request, given):
    world.reset(named(given, optional=True))
    return {}


def named(given, optional=False) -> str | None:
    name = given.get("system")
    if name not in SYSTEMS and not (optional and name is None):
        raise ValueError(f"system: one of {', '.join(SYSTEMS)} is needed")
    return name


ROUTES = {
    ("POST", "faults"): set_faults, ("GET", "faults"): get_faults,
    ("POST", "settings"): set_settings, ("GET", "settings"): get_settings,
    ("POST", "webhooks"): add_webhook, ("GET", "webhooks"): get_webhooks, ("DELETE", "webhooks"): end_webhooks,
    ("GET", "journal"): get_journal, ("GET", "requests"): get_requests, ("GET", "counts"): get_counts,
    ("GET", "state"): get_state, ("POST", "seed"): seed, ("POST", "customer"): customer,
    ("POST", "automation"): automation, ("POST", "reset"): reset,
}
