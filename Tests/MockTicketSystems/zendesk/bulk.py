"""Jobs: merging and many tickets at once. A job takes effect `jobSeconds` after it was asked for."""

from collections.abc import Callable

from server.messages import Refused, Reply, Request, reply_json
from server.people import digest
from server.routes import Routes
from zendesk import changing, events
from zendesk.records import Ticket
from zendesk.tickets import delete, journalled, note_update

routes = Routes()
MOST = 100


class Job:
    """`work` runs when the job is due, or when somebody asks about anything after that; its result is `results`."""

    def __init__(self, id: str, total: int, due: float, work: Callable[[], list[dict]]) -> None:
        self.id, self.total, self.due, self.work = id, total, due, work
        self.results: list[dict] | None = None

    def run(self) -> None:
        if self.results is None:
            self.results = []
            self.results = self.work()


def start(desk, request: Request, total: int, work: Callable[[], list[dict]]) -> Reply:
    job = Job(digest("job", str(desk.next_id())), total, desk.clock.now() + desk.settings["jobSeconds"], work)
    desk.jobs[job.id] = job
    desk.world.later(desk, desk.settings["jobSeconds"], job.run)
    return reply_json(200, {"job_status": shown(job, request.base)})


def shown(job: Job, base: str) -> dict:
    done = job.results is not None
    return {"id": job.id, "url": f"{base}/api/v2/job_statuses/{job.id}.json", "total": job.total,
            "progress": job.total if done else None, "status": "completed" if done else "queued",
            "message": "Completed" if done else None, "results": job.results}


def settle(desk) -> None:
    """Runs the jobs whose time has come, which a jump of the clock may have brought about."""
    now = desk.clock.now()
    for job in list(desk.jobs.values()):
        if job.results is None and job.due <= now:
            job.run()


@routes.on("GET", "job_statuses")
def list_jobs(desk, request: Request) -> Reply:
    settle(desk)
    return reply_json(200, {"job_statuses": [shown(job, request.base) for job in list(desk.jobs.values())[-100:]]})


@routes.on("GET", "job_statuses/{id}")
def show_job(desk, request: Request, id: str) -> Reply:
    settle(desk)
    if id not in desk.jobs:
        raise desk.refuse(404, "Not found")
    return reply_json(200, {"job_status": shown(desk.jobs[id], request.base)})


@routes.on("POST", "tickets/{id}/merge")
def merge(desk, request: Request, id: str) -> Reply:
    target = desk.ticket(id, request.user)
    given = desk.object(request)
    ids = given.get("ids")
    if not (isinstance(ids, list) and ids):
        raise desk.refuse(400, "ids: tickets to merge are needed")
    sources = [desk.ticket(str(source), request.user) for source in ids]
    for ticket in [target, *sources]:
        if ticket.status == "closed" or ticket is target and target in sources:
            raise changing.invalid("base", f"Ticket {ticket.id} cannot be merged")
    return start(desk, request, len(sources), lambda: merged(desk, request, target, sources, given))


def merged(desk, request: Request, target: Ticket, sources: list[Ticket], given: dict) -> list[dict]:
    """The sources become closed and point at the target; both sides get a comment."""
    results = []
    for index, source in enumerate(sources):
        if source.deleted is not None or source.status == "closed" or target.status == "closed":
            results.append({"index": index, "id": source.id, "success": False, "error": "TicketMergeFailed"})
            continue
        tags = tuple(sorted({*source.tags, "closed_by_merge"}))
        note = said(request, given, "source_comment", f"This request was closed and merged into request #{target.id}.")
        _, _, comment = changing.apply(desk, source, {"status": "closed", "tags": tags}, note, request.user)
        source.merged_into = target.id
        desk.publish(request.user, events.one(desk, "merged", source, request.user, {
            "target_ticket": {"id": str(target.id)}}), source)
        desk.wrote(request, str(source.id), "merge", {"status": "closed", "into": str(target.id)}, str(comment.id))
        results.append({"index": index, "id": source.id, "action": "merge", "success": True, "status": "Merged"})
    numbers = ", ".join(f"#{source.id}" for source in sources)
    note = said(request, given, "target_comment", f"Requests {numbers} were closed and merged into this request.")
    _, _, comment = changing.apply(desk, target, {}, note, request.user)
    desk.wrote(request, str(target.id), "merge", {"from": [str(source.id) for source in sources]}, str(comment.id))
    return results


def said(request: Request, given: dict, name: str, default: str) -> dict:
    text = given.get(name)
    return {"text": text if isinstance(text, str) and text else default, "author": request.user.number,
            "public": given.get(name + "_is_public") is True, "attachments": (), "pictures": ()}


def each(items: list, act: Callable[[object], dict]) -> list[dict]:
    """The result of `act` for every item; a refusal fails its item alone."""
    results = []
    for index, item in enumerate(items):
        try:
            results.append({"index": index, "success": True, **act(item)})
        except Refused as refused:
            results.append({"index": index, "success": False, "error": refused.reply.body.decode()})
    return results


@routes.on("POST", "tickets/create_many")
def create_many(desk, request: Request) -> Reply:
    def create(given) -> dict:
        ticket = changing.create(desk, given if isinstance(given, dict) else {}, request.user)
        desk.wrote(request, str(ticket.id), "create", journalled(given), str(ticket.comments[0].id))
        return {"id": ticket.id, "account_id": 1, "action": "create", "status": "Created"}
    items = several(desk, desk.object(request).get("tickets"))
    return start(desk, request, len(items), lambda: each(items, create))


@routes.on("PUT", "tickets/update_many")
def update_many(desk, request: Request) -> Reply:
    def update(given) -> dict:
        ticket = desk.ticket(str(given.get("id")), request.user)
        tags = set(ticket.tags) | set(changing.as_tags(given.get("additional_tags", [])))
        if "additional_tags" in given or "remove_tags" in given:
            given = {**given, "tags": sorted(tags - set(changing.as_tags(given.get("remove_tags", []))))}
        _, changed, comment = changing.update(desk, given, ticket, request.user)
        note_update(desk, request, ticket, changed, comment)
        return {"id": ticket.id, "action": "update", "status": "Updated"}
    body = desk.object(request)
    if ids := request.values("ids"):
        body = {"tickets": [{**desk.object(request, "ticket"), "id": id} for id in ids]}
    items = [item for item in several(desk, body.get("tickets")) if isinstance(item, dict)]
    return start(desk, request, len(items), lambda: each(items, update))


@routes.on("DELETE", "tickets/destroy_many")
def destroy_many(desk, request: Request) -> Reply:
    def destroy(id) -> dict:
        ticket = desk.ticket(id, request.user)
        delete(desk, request, ticket)
        return {"id": ticket.id, "action": "delete", "status": "Deleted"}
    ids = several(desk, request.values("ids"))
    return start(desk, request, len(ids), lambda: each(ids, destroy))


def several(desk, items) -> list:
    if not (isinstance(items, list) and 0 < len(items) <= MOST):
        raise desk.refuse(400, f"1 to {MOST} tickets are needed")
    return items
