"""Starts the mock ticket systems and speaks HTTP with them."""

import base64
import http.client
import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, urlencode

from paths import ROOT

SERVE = ROOT / "Tests" / "MockTicketSystems" / "serve.py"
SECRETS = {name: f"{name}-secret" for name in ("casebook", "agent", "admin", "limited", "expired", "customer")}


class Answer:
    """A reply: its status, its headers by lower-case name and its bytes."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def basic(name, secret):
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


class MockSystems:
    """The server in a process of its own."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, SERVE, "--until-eof", *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self.first_line = self.process.stdout.readline()
        self.url = self.first_line.split()[-1]
        self.host = self.url.removeprefix("http://")

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=10)

    def raw(self, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=10)
        try:
            connection.request(method, target, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def call(self, method, target, body=None, user="casebook", headers=None, **query):
        """A call as one of the users: `body` is JSON unless it is bytes."""
        suffix = "/token" if target.startswith("/api/v2/") else ""
        sent = {"Authorization": basic(f"{user}@example.com{suffix}", SECRETS[user])}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body), "application/json"
        if query:
            names = {name.replace("__", "-"): value for name, value in query.items()}
            target += "?" + urlencode(names, quote_via=quote)
        return self.raw(method, target, body, {**sent, **(headers or {})})

    def ok(self, method, target, body=None, **more):
        """As `call`, for a call that must succeed: what it answers."""
        answer = self.call(method, target, body, **more)
        assert 200 <= answer.status < 300, (method, target, answer.status, answer.body[:300])
        return answer.json if answer.body else None

    def control(self, method, name, body=None):
        answer = self.raw(method, f"/mock/{name}", None if body is None else json.dumps(body))
        assert answer.status == 200, (name, answer.status, answer.body)
        return answer.json

    def set(self, **settings):
        return self.control("POST", "settings", settings)

    def faults(self, **plan):
        return self.control("POST", "faults", plan)

    def wait(self, seconds):
        """Lets the clock of the systems jump."""
        self.set(clockOffsetSeconds=self.control("GET", "settings")["clockOffsetSeconds"] + seconds)

    def now(self):
        return time.time() + self.control("GET", "settings")["clockOffsetSeconds"]

    def state(self, system):
        return self.control("GET", f"state?system={system}")

    def journal(self, system):
        return self.control("GET", f"journal?system={system}")["entries"]


class Receiver:
    """Takes webhook calls: `calls` are (headers by lower-case name, bytes); `statuses` are answered first, then 200."""

    def __init__(self):
        self.calls, self.statuses = [], []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def wait_for(self, count, seconds=5):
        end = time.monotonic() + seconds
        while len(self.calls) < count and time.monotonic() < end:
            time.sleep(0.005)
        assert len(self.calls) >= count, f"{len(self.calls)} calls of {count}"
        return [(headers, json.loads(body)) for headers, body in self.calls]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
