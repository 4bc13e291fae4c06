"""Makes and finds tickets in the mock systems, as the robot unless another user is named."""

TICKETS, INCIDENTS, ISSUES = "/api/v2/tickets", "/api/now/table/incident", "/rest/api/3/issue"
WRITE = {"ticket": {"subject": "s", "comment": {"body": "b"}}}


def ticket(mock, user="casebook", headers=None, **fields):
    body = {"ticket": {"subject": "Upload fails", "comment": {"body": "It stops at 12 MB"}, **fields}}
    return mock.ok("POST", TICKETS, body, user=user, headers=headers)["ticket"]


def incident(mock, user="casebook", **fields):
    return mock.ok("POST", INCIDENTS, {"short_description": "Upload fails", **fields}, user=user)["result"]


def document(text):
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}


def issue(mock, user="casebook", project="SUP", kind="Task", **fields):
    body = {"fields": {"project": {"key": project}, "issuetype": {"name": kind}, "summary": "Upload fails", **fields}}
    return mock.ok("POST", ISSUES, body, user=user)


def rows(mock, query, user="casebook", **more):
    return mock.ok("GET", INCIDENTS, user=user, sysparm_query=query, **more)["result"]


def found(mock, jql, user="casebook", **more):
    return mock.ok("POST", "/rest/api/3/search/jql", {"jql": jql, **more}, user=user)


def myself(mock, user="casebook"):
    return mock.ok("GET", "/rest/api/3/myself", user=user)["accountId"]


def form(name, file, data):
    """(body, headers) of a form with one file in it."""
    head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: text/plain'
    body = b"--XX\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n--XX--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=XX", "X-Atlassian-Token": "no-check"}


def exported(mock, start, **query):
    """(ids in order, the reply of the last page) of the export by cursor."""
    seen, target = [], f"/api/v2/incremental/tickets/cursor.json?start_time={int(start)}"
    target += "".join(f"&{name}={value}" for name, value in query.items())
    while True:
        page = mock.ok("GET", target)
        seen += [(each["id"], each["status"]) for each in page["tickets"]]
        if page["end_of_stream"]:
            return seen, page
        target = page["after_url"].removeprefix(mock.url)
