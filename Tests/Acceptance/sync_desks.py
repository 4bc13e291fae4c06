"""A store that `casebook sync` keeps the same with mock ticket systems, seen from both sides."""

import html
import json
import os
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request

from mock_systems import SECRETS
from mock_tickets import INCIDENTS, ISSUES, TICKETS, document, incident, issue, ticket
from paths import PROGRAMS, ROOT
from stores import ndjson

KINDS = ("zendesk", "servicenow", "jira")
KEY, HOOK_SECRET = "the key of a desk that is kept the same", "the secret that calls are signed with"
# A field of texts that each of the systems has.
VERSION = {"zendesk": "360001", "servicenow": "u_version", "jira": "customfield_10100"}
# A status of each kind that can be reached from the beginning.
WORDS = {"zendesk": {"waiting": "pending", "solved": "solved"}, "servicenow": {"waiting": "3", "solved": "6"},
         "jira": {"waiting": "Waiting for customer", "solved": "Resolved"}}
JIRA_STATUSES = {"Open": "new", "In Progress": "open", "Waiting for support": "open", "Waiting for customer": "waiting",
                 "Pending": "open", "Resolved": "solved", "Closed": "closed"}
# What writes a message: the method, and what is in the path.
WRITES = {"zendesk": ("PUT", "/tickets/"), "servicenow": ("PATCH", "incident"), "jira": ("POST", "/comment")}
# What is in the path of what tells the messages of a ticket.
READS = {"zendesk": "/comments", "servicenow": "sys_journal_field", "jira": "/comment"}
NO_LIMITS = {"zendesk": {"perMinute": 0, "incrementalPerMinute": 0, "ticketsIndexPerMinute": 0}}


class There:
    """One of the mock systems, as the people use it who work there. Tickets are named by the ids of the system."""

    def __init__(self, mock, kind):
        self.mock, self.kind = mock, kind

    def opened(self, subject="upload fails", text="it stops at once", user="agent", **fields):
        if self.kind == "zendesk":
            return str(ticket(self.mock, user, subject=subject, comment={"body": text}, **fields)["id"])
        if self.kind == "servicenow":
            return incident(self.mock, user, short_description=subject, description=text, **fields)["sys_id"]
        return issue(self.mock, user, summary=subject, description=document(text), **fields)["id"]

    def mailed(self, text, email="jan@bakery.example", ticket=None, subject="By mail"):
        """A customer writes; the ticket in which it ended."""
        body = {"system": self.kind, "ticket": ticket, "email": email, "text": text, "subject": subject}
        return self.state(self.mock.control("POST", "customer", body)["ticket"])["id"]

    def says(self, id, text, public=True, user="agent"):
        if self.kind == "zendesk":
            body = {"ticket": {"comment": {"body": text, "public": public}}}
            self.mock.ok("PUT", f"{TICKETS}/{id}", body, user=user)
        elif self.kind == "servicenow":
            self.mock.ok("PATCH", f"{INCIDENTS}/{id}", {"comments" if public else "work_notes": text}, user=user)
        else:
            flag = {"key": "sd.public.comment", "value": {"internal": not public}}
            self.mock.ok("POST", f"{ISSUES}/{id}/comment", {"body": document(text), "properties": [flag]}, user=user)

    def sets(self, id, user="agent", **fields):
        """Sets fields by the names and in the form of the system."""
        if self.kind == "zendesk":
            self.mock.ok("PUT", f"{TICKETS}/{id}", {"ticket": fields}, user=user)
        elif self.kind == "servicenow":
            self.mock.ok("PATCH", f"{INCIDENTS}/{id}", fields, user=user)
        else:
            self.mock.ok("PUT", f"{ISSUES}/{id}", {"fields": fields}, user=user)

    def version(self, id, value, user="agent"):
        name = VERSION[self.kind]
        if self.kind == "zendesk":
            self.sets(id, user, custom_fields=[{"id": int(name), "value": value}])
        else:
            self.sets(id, user, **{name: value})

    def version_of(self, id):
        fields = self.state(id)["fields"]
        return fields.get("custom_fields", fields)[VERSION[self.kind]]

    def moves(self, id, word, user="agent"):
        """Sets the status to a word of the system."""
        if self.kind != "jira":
            self.sets(id, user, **{"zendesk": {"status": word}, "servicenow": {"state": word}}[self.kind])
            return
        place = f"{ISSUES}/{id}/transitions"
        moves = self.mock.ok("GET", place, user=user)["transitions"]
        wanted, = (move["id"] for move in moves if move["to"]["name"] == word)
        self.mock.ok("POST", place, {"transition": {"id": wanted}}, user=user)

    def tags(self, id, *tags):
        if self.kind == "zendesk":
            self.mock.ok("PUT", f"{TICKETS}/{id}/tags", {"tags": tags}, user="agent")
        else:
            body = {"update": {"labels": [{"add": tag} for tag in tags]}}
            self.mock.ok("PUT", f"{ISSUES}/{id}", body, user="agent")

    def attaches(self, id, name, data=b"ERROR boom\n"):
        """A file that hangs on a comment, or on the ticket."""
        if self.kind == "zendesk":
            sent = {"Content-Type": "image/png"}
            upload = self.mock.call("POST", f"/api/v2/uploads?filename={name}", data, user="agent", headers=sent)
            token = upload.json["upload"]["token"]
            body = {"ticket": {"comment": {"body": "see the picture", "uploads": [token]}}}
            self.mock.ok("PUT", f"{TICKETS}/{id}", body, user="agent")
        elif self.kind == "servicenow":
            target = f"/api/now/attachment/file?table_name=incident&table_sys_id={id}&file_name={name}"
            self.mock.ok("POST", target, data, user="agent", headers={"Content-Type": "image/png"})
        else:
            head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: image/png'
            form = b"--XX\r\n" + head.encode() + b"\r\n\r\n" + data + b"\r\n--XX--\r\n"
            sent = {"Content-Type": "multipart/form-data; boundary=XX", "X-Atlassian-Token": "no-check"}
            self.mock.ok("POST", f"{ISSUES}/{id}/attachments", form, user="agent", headers=sent)

    def deletes(self, id):
        place = {"zendesk": TICKETS, "servicenow": INCIDENTS, "jira": ISSUES}[self.kind]
        assert self.mock.call("DELETE", f"{place}/{id}", user="admin").status in (200, 204)

    def merges(self, source, target):
        self.mock.ok("POST", f"{TICKETS}/{target}/merge", {"ids": [int(source)]}, user="agent")

    def automation(self, id, **fields):
        self.mock.control("POST", "automation", {"system": self.kind, "ticket": id, "fields": fields})

    def state(self, id):
        found, = self.mock.control("GET", f"state?system={self.kind}&tickets={id}")["tickets"]
        return found

    def comments(self, id, text):
        """The comments that hold a text."""
        # The mock Zendesk leaves the entities of HTML in its texts.
        return [comment for comment in self.state(id)["comments"] if text in html.unescape(comment["text"])]

    def here(self, id):
        """What the ticket is called here."""
        return f"{self.kind}:{self.state(id)['number']}"

    def requests(self):
        """The requests of casebook that this system has seen."""
        return self.mock.control("GET", "requests")["users"].get("casebook@example.com", {}).get(self.kind, 0)


def description(mock, kind, **members):
    """An entry of the file of descriptions."""
    return {
        "name": kind, "kind": kind, "address": mock.url, "user": "casebook@example.com",
        "secret": {"environment": "DESK_SECRET"}, "hookSecret": {"environment": "DESK_HOOK"},
        "place": "SUP" if kind == "jira" else "", "fields": {"version": VERSION[kind]},
        "statuses": JIRA_STATUSES if kind == "jira" else {}, **members}


class Desk:
    """A store in a folder of its own and the systems that it is kept the same with."""

    def __init__(self, folder, mock, *kinds, key=KEY, **members):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.store, self.file = folder, folder / "store", folder / "systems.json"
        self.mock = mock
        self.environment = {
            **os.environ, "OPENBLAS_NUM_THREADS": "1", "CASEBOOK_KEY": key, "DESK_SECRET": SECRETS["casebook"],
            "DESK_HOOK": HOOK_SECRET}
        self.describe(*(description(mock, kind, **members) for kind in kinds))
        mock.set(exportDelaySeconds=0, rateLimits=NO_LIMITS)

    @staticmethod
    def bare(*arguments):
        """What casebook prints without a store."""
        done = subprocess.run(
            [PROGRAMS / "casebook", *map(str, arguments)], check=True, capture_output=True, text=True, timeout=300)
        return done.stdout

    def describe(self, *entries):
        self.file.write_text(json.dumps({"systems": entries}))

    def arguments(self, *arguments):
        return [str(PROGRAMS / "casebook"), *map(str, arguments), "--store", str(self.store)]

    def run(self, *arguments, code=0, timeout=120):
        done = subprocess.run(
            self.arguments(*arguments), capture_output=True, text=True, env=self.environment, cwd=ROOT, timeout=timeout)
        assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    def sync(self, *more, code=0, **options):
        """The report of each system, by its name."""
        done = self.run("sync", "run", "--systems", self.file, "--seconds", 60, *more, code=code, **options)
        return {line["system"]: line for line in map(json.loads, done.stdout.splitlines())}

    def act(self, ticket, *what, code=0):
        return self.run("sync", "act", ticket, "--actor", "agent-1", *what, code=code)

    def check(self, code=0):
        done = subprocess.run(
            [PROGRAMS / "casebook", "sync", "check", "--systems", self.file], capture_output=True, text=True,
            env=self.environment, cwd=ROOT, timeout=60)
        assert code is None or done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return {line["system"]: line["problems"] for line in map(json.loads, done.stdout.splitlines())}

    def refused(self, *more):
        done = self.run("sync", "refused", "--systems", self.file, *more)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def history(self, ticket, kind=None):
        entries = json.loads(self.run("history", ticket, "--json", "--full").stdout)["entries"]
        return [entry for entry in entries if kind is None or entry["kind"] == kind]

    def said(self, ticket, text):
        """The messages of a ticket that hold a text."""
        return [entry for entry in self.history(ticket, "message") if text in entry.get("text", "")]

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as database:
            return database.execute(sql, values).fetchall()

    def tickets(self):
        return {row[0] for row in self.rows("SELECT id FROM ticket")}

    def values(self, ticket):
        """The fields of a ticket, by our names; its tags under #."""
        rows = self.rows(
            "SELECT field, linkedValue.value FROM linkedValue JOIN linkedTicket USING (system, remote)"
            " JOIN ticket ON ticket.number = linkedTicket.ticket WHERE ticket.id = ?", ticket)
        return {**{field: value for field, value in rows if field != "#"}, "#": {v for f, v in rows if f == "#"}}

    def is_open(self, ticket):
        (resolved,), = self.rows("SELECT resolvedAt FROM ticket WHERE id = ?", ticket)
        return resolved is None

    def outbox(self, *states):
        rows = self.rows("SELECT state FROM outbox")
        return [state for state, in rows if not states or state in states]

    def bytes(self):
        """All that is kept, in lower case."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("store*"))).lower()

    def customers(self, account="acc-1", domain="bakery.example"):
        """Makes an account with a domain known."""
        files = self.folder / "customers"
        files.mkdir()
        ndjson(files / "accounts.ndjson", [{"id": account, "name": "Old Bakery"}])
        ndjson(files / "aliases.ndjson", [{"account": account, "kind": "domain", "value": domain}])
        self.run("import", files, "--source", "crm", "--date", "2026-03-02T00:00:00Z")

    def follow(self, *more, seconds=60):
        """A process that goes on until it is told to end."""
        return Following(self, *more, seconds=seconds)


class Following:
    """`casebook sync run --follow` with web hooks, as a process of its own."""

    def __init__(self, desk, *more, seconds):
        arguments = ("sync", "run", "--systems", desk.file, "--follow", "--seconds", seconds, "--listen", 0, *more)
        self.process = subprocess.Popen(
            desk.arguments(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=desk.environment,
            cwd=ROOT)
        self.errors = []
        self.address = ""
        for line in self.process.stderr:
            self.errors.append(line)
            if "listening at " in line:
                self.address = line.split("listening at ")[1].strip()
                break
        self.reader = threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.end()

    def kill(self):
        self.process.kill()
        self.process.communicate()

    def end(self):
        """Tells it to end; its reports by the names of the systems."""
        if self.process.poll() is None:
            self.process.terminate()
        output = self.process.stdout.read() if not self.process.stdout.closed else ""
        self.process.wait(timeout=30)
        self.reader.join(timeout=10)
        return {line["system"]: line for line in map(json.loads, output.splitlines())}

    def call(self, system, body, headers):
        """Calls the web hook of a system; the status of the answer."""
        request = urllib.request.Request(self.address + system, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code


def until(condition, seconds=10.0):
    """Waits until something holds; the seconds that it took."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - begin


def silent_port():
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
