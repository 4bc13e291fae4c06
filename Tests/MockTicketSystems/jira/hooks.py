"""/rest/api/3/webhook: webhooks that an app registers for itself. Unsigned, and gone after 30 days unless refreshed."""

from jira.fields import refused
from jira.issues import page_of
from jira.jql import parse
from jira.search import compiled
from server.messages import Reply, Request, reply_json
from server.routes import Routes
from server.webhooks import Options, Webhook

routes = Routes()
LIFE_SECONDS = 30 * 86_400
EVENTS = ("jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "comment_created", "comment_updated",
          "comment_deleted",
          "issue_property_set", "issue_property_deleted")


def for_apps(desk, request: Request) -> None:
    """Apps log in by OAuth; a token of a person may not."""
    if not request.headers.get("authorization", "").lower().startswith("bearer "):
        raise desk.refuse(403, "The caller isn't an app.")


def own(desk) -> dict[int, tuple[Webhook, dict]]:
    """The registrations that have not expired, by id."""
    now = desk.clock.now()
    return {id: (hook, about) for id, (hook, about, _) in desk.registrations.items() if hook.expires > now}


@routes.on("POST", "rest/api/3/webhook")
def register(desk, request: Request) -> Reply:
    for_apps(desk, request)
    given = desk.object(request)
    results = []
    for each in desk.items(given, "webhooks"):
        options = Options("jira", str(given.get("url", "")))
        try:
            options.check()
            wrong = [event for event in each["events"] if event not in EVENTS]
            if wrong:
                raise ValueError(f"The event {wrong[0]} is not supported.")
            jql = str(each["jqlFilter"])
            accepts = compiled(desk, parse(jql).tree, request.user)
        except (ValueError, KeyError, TypeError) as error:
            results.append({"errors": [str(error)]})
            continue
        hook = desk.world.webhooks.add(options, desk.clock.now() + LIFE_SECONDS)
        desk.registrations[int(hook.id)] = (hook, {"jqlFilter": jql, "events": list(each["events"])}, accepts)
        results.append({"createdWebhookId": int(hook.id)})
    return reply_json(200, {"webhookRegistrationResult": results})


@routes.on("GET", "rest/api/3/webhook")
def list_registered(desk, request: Request) -> Reply:
    for_apps(desk, request)
    found = [{"id": id, **about, "url": hook.options.url, "expirationDate": int(hook.expires * 1000)}
             for id, (hook, about) in own(desk).items()]
    page, about = page_of(request, found, 100)
    return reply_json(200, {**about, "isLast": about["startAt"] + len(page) >= about["total"], "values": page})


@routes.on("PUT", "rest/api/3/webhook/refresh")
def refresh(desk, request: Request) -> Reply:
    for_apps(desk, request)
    ids, known = desk.items(desk.object(request), "webhookIds"), own(desk)
    if not (ids and all(isinstance(id, int) and id in known for id in ids)):
        raise refused(messages=["webhookIds: ids of registered webhooks are needed"])
    expires = desk.clock.now() + LIFE_SECONDS
    for id in ids:
        known[id][0].expires = expires
    return reply_json(200, {"expirationDate": int(expires * 1000)})


@routes.on("DELETE", "rest/api/3/webhook")
def unregister(desk, request: Request) -> Reply:
    for_apps(desk, request)
    for id in desk.items(desk.object(request), "webhookIds"):
        if isinstance(id, int) and id in desk.registrations:
            desk.world.webhooks.remove(desk.registrations.pop(id)[0])
    return Reply(202)
