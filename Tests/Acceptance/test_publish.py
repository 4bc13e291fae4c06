"""casebook publish against the mock Help Center, ServiceNow and Confluence, and against a real MediaWiki where one is given."""

import base64
import contextlib
import html
import http.server
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid

import pytest

from paths import PROGRAMS, ROOT

SECRET = "casebook-secret"
ENVIRONMENT = {**os.environ, "CASEBOOK_KEY": "a-key-of-sixteen-bytes-or-more", "KNOWLEDGE_SECRET": SECRET, "WRONG_SECRET": "no-secret"}
KINDS = {"help": "zendesk", "servicenow": "servicenow", "confluence": "confluence"}
GONE = {"help": "archived", "servicenow": "retired", "confluence": "trashed"}
LIVE = {"help": "published", "servicenow": "published", "confluence": "current"}


def run(*arguments, code=0):
    done = subprocess.run(
        [PROGRAMS / "casebook", *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, cwd=ROOT, timeout=600)
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done


def call(address, method="GET", body=None, user=None):
    request = urllib.request.Request(address, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    if user:
        request.add_header("Authorization", "Basic " + base64.b64encode(user.encode()).decode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


@pytest.fixture(scope="module")
def server():
    script = ROOT / "Tests" / "MockTicketSystems" / "serve.py"
    process = subprocess.Popen(
        [sys.executable, script, "--port", "0", "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip().removeprefix("listening on ")
    process.stdin.close()
    process.wait(timeout=30)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """A store with drafts of articles that nobody has read, and the ids of the first three."""
    folder = tmp_path_factory.mktemp("publish")
    run("simulate", "--scenario", "knowledge", "--grade", "easy", "--seed", 7, "--tickets", 300, "--output", folder / "desk")
    run("import", folder / "desk", "--store", folder / "store", "--source", "desk", "--date", "2026-01-01T00:00:00Z")
    articles = json.loads(run("articles", "--store", folder / "store", "--json").stdout)["articles"]
    ids = [article["id"] for article in sorted(articles, key=lambda article: article["group"])]
    assert len(ids) > 3
    return folder / "store", ids[:3]


@pytest.fixture()
def store(drafted, tmp_path):
    return shutil.copy(drafted[0], tmp_path / "store")


class Base:
    """One knowledge base of the mock server, seen by its control API, and the store that is published there."""

    def __init__(self, name, server, store, folder):
        self.name, self.server, self.store, self.file = name, server, store, folder / "systems.json"
        self.system = KINDS[name]
        call(f"{server}/mock/reset", "POST", {})
        self.entry = {
            "name": name, "address": server, "user": "casebook@example.com", "secret": {"environment": "KNOWLEDGE_SECRET"},
            "audience": "everyone", **getattr(self, "of_" + name)()}
        self.describe()

    def of_help(self):
        return {"kind": "zendesk-help-center", "place": "en-us/900"}

    def of_servicenow(self):
        found = call(f"{self.server}/api/now/table/kb_knowledge_base", user="agent@example.com:agent-secret")["result"]
        return {"kind": "servicenow", "place": found[0]["sys_id"]}

    def of_confluence(self):
        return {"kind": "confluence", "place": "100"}

    def describe(self, **changes):
        self.entry |= changes
        self.file.write_text(json.dumps({"knowledgeBases": [self.entry]}))

    def publish(self, *arguments, code=0):
        done = run("publish", "--systems", self.file, "--store", self.store, "--json", *arguments, code=code)
        articles = json.loads(done.stdout)["bases"][0]["articles"]
        return {article["article"]: article for article in articles}

    def actions(self, *arguments, code=0):
        """What was done, without articles of which nothing should be there."""
        return {id: item["action"] for id, item in self.publish(*arguments, code=code).items()
                if item["action"] != "nothing" or item["page"]}

    def pages(self, state=None):
        found = call(f"{self.server}/mock/state?system={self.system}")["articles"]
        return {page["id"]: page for page in found if state is None or page["state"] == state}

    def writes(self):
        return len(call(f"{self.server}/mock/journal?system={self.system}")["entries"])

    def fault(self, *entries):
        call(f"{self.server}/mock/faults", "POST", {"next": entries, "timeoutSeconds": 0.5})

    def as_agent(self, method, path, body=None):
        mail = "agent@example.com/token" if self.name == "help" else "agent@example.com"
        return call(self.server + path, method, body, user=f"{mail}:agent-secret")

    def edit(self, page, text, title="By hand"):
        """A person changes a page."""
        if self.name == "help":
            self.as_agent("PUT", f"/api/v2/help_center/articles/{page}/translations/en-us",
                          {"translation": {"title": title, "body": text}})
        elif self.name == "servicenow":
            self.as_agent("PATCH", f"/api/now/table/kb_knowledge/{page}", {"short_description": title, "text": text})
        else:
            old = self.as_agent("GET", f"/wiki/api/v2/pages/{page}")
            self.as_agent("PUT", f"/wiki/api/v2/pages/{page}", {
                "id": page, "status": "current", "title": title, "body": {"representation": "storage", "value": text},
                "version": {"number": old["version"]["number"] + 1}})

    def remove(self, page):
        """A person removes a page."""
        path = {"help": "/api/v2/help_center/articles/", "servicenow": "/api/now/table/kb_knowledge/",
                "confluence": "/wiki/api/v2/pages/"}[self.name]
        self.as_agent("DELETE", path + page)


@pytest.fixture(params=list(KINDS))
def base(request, server, store, tmp_path):
    return Base(request.param, server, store, tmp_path)


@pytest.fixture()
def servicenow(server, store, tmp_path):
    return Base("servicenow", server, store, tmp_path)


@pytest.fixture()
def confluence(server, store, tmp_path):
    return Base("confluence", server, store, tmp_path)


@pytest.fixture()
def ids(drafted):
    return drafted[1]


def review(store, id, *arguments):
    run("articles", "--store", store, "--review", id, *arguments)


def reviewed(store, ids, state="validated", audience="everyone"):
    for id in ids:
        review(store, id, "--state", state, "--audience", audience)


def sentences(store, id):
    """The sentences of the newest version of an article."""
    with sqlite3.connect(store) as database:
        rows = database.execute("SELECT text FROM articleSentence WHERE article = ?1 AND version = "
                                "(SELECT MAX(version) FROM article WHERE id = ?1)", [id])
        found = [text for text, in rows]
    database.close()
    return found


def reword(store, id, text):
    """Changes the first sentence of all versions of an article, as somebody's erasure may."""
    with sqlite3.connect(store) as database:
        database.execute("UPDATE articleSentence SET text = ? WHERE article = ? AND part = 'issue' AND place = 0", [text, id])
    database.close()


def plain(body):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_articles_are_made_once_changed_when_they_change_and_retired(base, store, ids):
    reviewed(store, ids)
    assert base.actions() == {id: "create" for id in ids}
    pages = base.pages(LIVE[base.name])
    assert len(pages) == len(base.pages()) == 3
    texts = [plain(page["body"]) for page in pages.values()]
    for id in ids:
        said = [" ".join(sentence.split()) for sentence in sentences(store, id)]
        assert said and any(all(sentence in text for sentence in said) for text in texts), id
    writes = base.writes()
    assert base.actions() == {id: "nothing" for id in ids}
    assert base.writes() == writes
    reword(store, ids[0], "Something else was said")
    assert base.actions() == {ids[0]: "update", ids[1]: "nothing", ids[2]: "nothing"}
    assert sum("Something else was said" in page["body"] for page in base.pages(LIVE[base.name]).values()) == 1
    review(store, ids[1], "--state", "archived")
    assert base.actions() == {ids[0]: "nothing", ids[1]: "retire", ids[2]: "nothing"}
    assert len(base.pages(LIVE[base.name])) == 2 and len(base.pages(GONE[base.name])) == 1
    writes = base.writes()
    assert base.actions()[ids[2]] == "nothing" and base.writes() == writes
    review(store, ids[1], "--state", "validated")
    assert base.actions()[ids[1]] in ("create", "update")
    assert len(base.pages(LIVE[base.name])) == 3


def test_what_a_person_wrote_there_stays_until_somebody_has_looked_at_it(base, store, ids):
    reviewed(store, ids[:1])
    page = base.publish()[ids[0]]["page"] or next(iter(base.pages()))
    base.edit(page, "<p>A person knows better.</p>")
    for change in (lambda: None, lambda: reword(store, ids[0], "Said anew"), lambda: review(store, ids[0], "--state", "archived")):
        change()
        done = base.publish(code=65)[ids[0]]
        assert done["action"] == "conflict" and "changed" in done["reason"]
        assert plain(base.pages()[page]["body"]) == "A person knows better."
        assert base.pages()[page]["state"] == LIVE[base.name]
    review(store, ids[0], "--state", "validated")
    run("publish", "--systems", base.file, "--store", store, "--base", base.name, "--reconciled", ids[0])
    assert base.publish()[ids[0]]["action"] == "update"
    assert "Said anew" in base.pages()[page]["body"]
    assert base.publish()[ids[0]]["action"] == "nothing"


def test_an_agreed_text_stays_until_the_article_changes(base, store, ids):
    reviewed(store, ids[:1])
    base.publish()
    page = next(iter(base.pages()))
    base.edit(page, "<p>A person knows better.</p>")
    base.publish(code=65)
    run("publish", "--systems", base.file, "--store", store, "--base", base.name, "--reconciled", ids[0])
    assert base.publish()[ids[0]]["action"] == "nothing"
    assert plain(base.pages()[page]["body"]) == "A person knows better."


def test_a_page_that_a_person_removed_comes_back_only_when_somebody_says_so(base, store, ids):
    reviewed(store, ids[:1])
    base.publish()
    base.remove(next(iter(base.pages())))
    assert "removed" in base.publish(code=65)[ids[0]]["reason"]
    assert not base.pages(LIVE[base.name])
    run("publish", "--systems", base.file, "--store", store, "--base", base.name, "--reconciled", ids[0])
    assert base.publish()[ids[0]]["action"] == "create"
    assert len(base.pages(LIVE[base.name])) == 1


def test_drafts_stay_drafts(base, store, ids):
    for id in ids:
        review(store, id, "--audience", "everyone")
    assert base.actions() == {} and not base.pages()
    base.describe(drafts=True)
    made = base.actions()
    assert made == {id: "create" for id in ids}
    assert {page["state"] for page in base.pages().values()} == {"draft"} and len(base.pages()) == len(made)
    assert set(base.actions().values()) == {"nothing"} and len(base.pages()) == len(made)
    # The drafts follow what changes here, and are not written again once they do.
    with contextlib.closing(sqlite3.connect(store)) as database:
        database.execute("UPDATE articleSentence SET text = 'Said in other words' WHERE article = ?1", ids[1:2])
        database.commit()
    assert base.actions()[ids[1]] == "update" and set(base.actions().values()) == {"nothing"}
    assert len([page for page in base.pages().values() if "Said in other words" in page["body"]]) == 1
    reviewed(store, ids[:1])
    assert base.actions()[ids[0]] == "update"
    live = base.pages(LIVE[base.name])
    assert len(live) == 1 and len(base.pages()) == len(made)
    # A later draft says something else; what is published stays.
    review(store, ids[0], "--state", "draft")
    with sqlite3.connect(store) as database:
        database.execute("UPDATE articleSentence SET text = 'Not read by anybody' WHERE article = ?1 AND version = "
                         "(SELECT MAX(version) FROM article WHERE id = ?1)", ids[:1])
    database.close()
    assert base.actions()[ids[0]] == "nothing"
    assert base.pages(LIVE[base.name]) == live


@pytest.mark.parametrize("fault", ["timeoutAfterWrite", "truncated", "500", "reset"])
def test_a_lost_answer_makes_no_second_page(base, store, ids, fault):
    reviewed(store, ids[:1])
    base.fault({"fault": fault, "method": "POST"})
    assert base.publish(code=75)[ids[0]]["action"] == "failed"
    assert base.publish()[ids[0]]["action"] in ("nothing", "create", "update")
    assert len(base.pages()) == len(base.pages(LIVE[base.name])) == 1
    reword(store, ids[0], "Something else was said")
    base.fault({"fault": fault, "method": "PATCH" if base.name == "servicenow" else "PUT"})
    assert base.publish(code=75)[ids[0]]["action"] == "failed"
    assert base.publish()[ids[0]]["action"] in ("nothing", "update")
    live = base.pages(LIVE[base.name])
    assert len(live) == len(base.pages()) == 1 and "Something else was said" in next(iter(live.values()))["body"]
    review(store, ids[0], "--state", "archived")
    if fault == "truncated" and base.name != "servicenow":
        return  # The answer to a deletion has no body that could be cut short.
    base.fault({"fault": fault, "method": "PATCH" if base.name == "servicenow" else "DELETE"})
    assert base.publish(code=75)[ids[0]]["action"] == "failed"
    assert base.publish()[ids[0]]["action"] in ("nothing", "retire")
    assert not base.pages(LIVE[base.name])
    writes = base.writes()
    base.publish()
    assert base.writes() == writes


@pytest.mark.parametrize("step", ["create", "update"])
def test_a_process_that_was_killed_while_it_wrote_has_written_once(base, store, ids, step):
    reviewed(store, ids[:1])
    if step == "update":
        base.publish()
        reword(store, ids[0], "Something else was said")
    writes = base.writes()
    method = "POST" if step == "create" else "PATCH" if base.name == "servicenow" else "PUT"
    call(f"{base.server}/mock/faults", "POST", {"next": [{"fault": "timeoutAfterWrite", "method": method}], "timeoutSeconds": 20})
    with subprocess.Popen(
            [PROGRAMS / "casebook", "publish", "--systems", base.file, "--store", store], env=ENVIRONMENT, cwd=ROOT,
            stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while base.writes() == writes and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    base.publish()
    live = base.pages(LIVE[base.name])
    assert len(live) == len(base.pages()) == 1
    assert step == "create" or "Something else was said" in next(iter(live.values()))["body"]
    assert base.publish()[ids[0]]["action"] == "nothing"


def test_articles_for_the_team_go_only_where_the_team_alone_reads(base, store, ids):
    reviewed(store, ids[:1], audience="internal")
    assert base.actions() == {} and not base.pages()
    reviewed(store, ids[:1])
    assert base.actions() == {ids[0]: "create"}
    reviewed(store, ids[:1], audience="internal")
    assert base.actions() == {ids[0]: "retire"} and not base.pages(LIVE[base.name])


@pytest.mark.parametrize("name", ["servicenow", "confluence"])
def test_where_the_team_alone_reads_all_articles_go(name, server, store, tmp_path, ids):
    base = Base(name, server, store, tmp_path)
    base.describe(audience="internal")
    reviewed(store, ids[:1], audience="internal")
    reviewed(store, ids[1:2], state="notValidated")
    assert base.actions() == {id: "create" for id in ids[:2]} and len(base.pages(LIVE[name])) == 2


def test_an_erasure_changes_or_retires_what_was_published(base, store, ids):
    reviewed(store, ids)
    base.publish()
    with sqlite3.connect(store) as database:
        account, = database.execute(
            "SELECT account FROM articleCitation JOIN articleSentence ON articleSentence.number = sentence JOIN ticket "
            "ON ticket.number = articleCitation.ticket WHERE article IN (?, ?, ?) AND account IS NOT NULL GROUP BY sentence "
            "HAVING COUNT(*) = 1 ORDER BY sentence", ids).fetchone()
    database.close()
    before = {id: sentences(store, id) for id in ids}
    run("erase", "--store", store, "--account", account)
    lost = [sentence for id in ids for sentence in set(before[id]) - set(sentences(store, id))]
    assert lost
    base.publish()
    texts = [plain(page["body"]) for page in base.pages(LIVE[base.name]).values()]
    left = [sentence for id in ids for sentence in sentences(store, id)]
    for sentence in set(lost) - set(left):
        said = " ".join(sentence.split())
        assert not any(said in text for text in texts) or any(said in other for other in left)


def test_a_dry_run_says_what_would_be_done_and_does_nothing(base, store, ids):
    reviewed(store, ids)
    kept = store.read_bytes()
    assert base.actions("--dry-run") == {id: "create" for id in ids}
    assert not base.pages() and store.read_bytes() == kept
    done = run("publish", "--systems", base.file, "--store", store, "--dry-run").stdout
    assert all(f"{base.name}\t{id}\tcreate" in done for id in ids)


def test_wrong_credentials_and_descriptions_are_told(base, store, ids):
    reviewed(store, ids)
    base.describe(secret={"environment": "WRONG_SECRET"})
    done = base.publish(code=65)
    assert {done[id]["action"] for id in ids} == {"failed"} and "credentials" in done[ids[0]]["reason"]
    base.describe(secret={"environment": "NO_SUCH_VARIABLE"})
    assert "NO_SUCH_VARIABLE" in run("publish", "--systems", base.file, "--store", store, code=78).stderr
    base.describe(secret={"environment": "KNOWLEDGE_SECRET"}, audience="all")
    assert "knowledgeBases[0].audience" in run("publish", "--systems", base.file, "--store", store, code=78).stderr
    assert not base.pages()


def test_no_secret_is_printed_or_kept(base, store, ids):
    reviewed(store, ids)
    base.fault("500")
    done = run("publish", "--systems", base.file, "--store", store, code=75)
    assert SECRET not in done.stdout + done.stderr
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in store.parent.glob("store*"))


def test_what_approval_holds_is_said_and_found_when_it_is_given(servicenow, store, ids):
    call(f"{servicenow.server}/mock/settings", "POST", {"knowledgeApproval": True})
    reviewed(store, ids[:1])
    for _ in range(2):
        done = servicenow.publish()[ids[0]]
        assert done["action"] == "held" and "approve" in done["reason"]
    page, = servicenow.pages("review")
    call(f"{servicenow.server}/mock/settings", "POST", {"knowledgeApproval": False})
    servicenow.as_agent("PATCH", f"/api/now/table/kb_knowledge/{page}", {"workflow_state": "published"})
    assert servicenow.publish()[ids[0]]["action"] == "nothing"
    servicenow.as_agent("PATCH", f"/api/now/table/kb_knowledge/{page}", {"workflow_state": "draft"})
    assert "taken it back" in servicenow.publish(code=65)[ids[0]]["reason"]


def test_with_versions_a_change_is_the_next_version_of_the_same_article(servicenow, store, ids):
    call(f"{servicenow.server}/mock/settings", "POST", {"knowledgeVersioning": True})
    reviewed(store, ids[:1])
    servicenow.publish()
    for text in ("Said a second time", "Said a third time"):
        reword(store, ids[0], text)
        assert servicenow.publish()[ids[0]]["action"] == "update"
        page, = servicenow.pages("published").values()
        assert text in page["body"]
    assert len(servicenow.pages("outdated")) == 2 and len(servicenow.pages()) == 3
    assert servicenow.publish()[ids[0]]["action"] == "nothing"
    # A person begins the next version.
    page, = servicenow.pages("published")
    servicenow.edit(page, "<p>A person knows better.</p>")
    reword(store, ids[0], "Said a fourth time")
    assert servicenow.publish(code=65)[ids[0]]["action"] == "conflict"
    assert any(plain(page["body"]) == "A person knows better." for page in servicenow.pages().values())


def test_a_title_that_another_page_has_is_a_conflict(confluence, store, ids):
    reviewed(store, ids)
    with sqlite3.connect(store) as database:
        title, = database.execute("SELECT title FROM article WHERE id = ? ORDER BY version DESC", ids[:1]).fetchone()
    database.close()
    confluence.as_agent("POST", "/wiki/api/v2/pages", {
        "spaceId": "100", "status": "current", "title": " ".join(title.split()), "body": {"representation": "storage", "value": "<p>Mine.</p>"}})
    done = confluence.publish(code=65)
    assert done[ids[0]]["action"] == "conflict" and "title" in done[ids[0]]["reason"]
    assert {done[id]["action"] for id in ids[1:]} == {"create"}
    assert sum(plain(page["body"]) == "Mine." for page in confluence.pages().values()) == 1


class HastyWiki(http.server.BaseHTTPRequestHandler):
    """A wiki of one page, which somebody else changes between the look at it and the change of it.

    As the real one it takes a change whose base is not the newest when both fit together, and tells the revision before it.
    """

    revisions, edits, title = [], [], "?"

    def do_POST(self):
        given = urllib.parse.parse_qs(self.rfile.read(int(self.headers["content-length"])).decode(), keep_blank_values=True)
        answer = json.dumps(self.answer({name: values[0] for name, values in given.items()})).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def answer(self, given):
        if given["action"] == "login":
            return {"login": {"result": "Success"}}
        if given.get("meta") == "tokens":
            return {"query": {"tokens": {"logintoken": "a", "csrftoken": "b"}}}
        if given["action"] == "edit":
            self.edits.append(given)
            before = len(self.revisions)
            if "undo" in given:
                self.revisions.append(self.revisions[int(given["undo"]) - 2])
            elif "createonly" in given:
                type(self).title = given["title"]
                self.revisions.append(given["text"])
            else:
                self.revisions.append(self.revisions[-1] + "\nA person was quicker.")
                before = len(self.revisions)
                self.revisions.append(given["text"] + "\nA person was quicker.")
            return {"edit": {"result": "Success", "oldrevid": before, "newrevid": len(self.revisions)}}
        if not self.revisions or "titles" in given and given["titles"] != self.title:
            return {"query": {"pages": [{"title": given.get("titles", ""), "missing": True}]}}
        number = int(given.get("revids", len(self.revisions)))
        slots = {"main": {"content": self.revisions[number - 1]}}
        return {"query": {"pages": [{"pageid": 7, "title": self.title, "revisions": [{"revid": number, "slots": slots}]}]}}

    def log_message(self, *arguments):
        pass


def test_what_a_wiki_made_of_two_changes_at_once_is_taken_back(store, ids, tmp_path, monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), HastyWiki)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(ENVIRONMENT, "KNOWLEDGE_SECRET", "a secret of a wiki")
    entry = {"name": "wiki", "kind": "mediawiki", "address": f"http://127.0.0.1:{server.server_port}", "user": "robot",
             "place": "Help/", "secret": {"environment": "KNOWLEDGE_SECRET"}, "audience": "everyone"}
    file = tmp_path / "systems.json"
    file.write_text(json.dumps({"knowledgeBases": [entry]}))
    try:
        reviewed(store, ids[:1])
        run("publish", "--systems", file, "--store", store, "--json")
        reword(store, ids[0], "Said anew")
        done = json.loads(run("publish", "--systems", file, "--store", store, "--json", code=65).stdout)
        assert [(item["article"], item["action"]) for item in done["bases"][0]["articles"] if item["page"]] == [(ids[0], "conflict")]
    finally:
        server.shutdown()
    assert len(HastyWiki.revisions) == 4 and "Said anew" in HastyWiki.revisions[2]
    assert HastyWiki.revisions[3] == HastyWiki.revisions[1] and "A person was quicker." in HastyWiki.revisions[3]


@pytest.mark.skipif("CASEBOOK_MEDIAWIKI" not in os.environ, reason="no wiki: see Tests/MockTicketSystems/mediawiki.sh")
def test_a_real_wiki(store, ids, tmp_path, monkeypatch):
    wiki, file, prefix = os.environ["CASEBOOK_MEDIAWIKI"], tmp_path / "systems.json", f"Test {uuid.uuid4().hex[:8]}/"
    monkeypatch.setitem(ENVIRONMENT, "KNOWLEDGE_SECRET", "casebook" * 4)
    entry = {"name": "wiki", "kind": "mediawiki", "address": wiki, "user": "Robot@casebook", "place": prefix,
             "secret": {"environment": "KNOWLEDGE_SECRET"}, "audience": "everyone"}
    file.write_text(json.dumps({"knowledgeBases": [entry]}))
    jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def api(**pairs):
        data = urllib.parse.urlencode({**pairs, "format": "json", "formatversion": 2}).encode()
        with jar.open(wiki + "/api.php", data, timeout=60) as answer:
            return json.loads(answer.read())

    def publish(code=0):
        done = run("publish", "--systems", file, "--store", store, "--json", code=code)
        return {item["article"]: item for item in json.loads(done.stdout)["bases"][0]["articles"]}

    def pages():
        found = api(action="query", generator="allpages", gapprefix=prefix, gaplimit="max", prop="revisions", rvprop="ids|content",
                    rvslots="main").get("query", {}).get("pages", [])
        return {page["title"]: page["revisions"][0]["slots"]["main"]["content"] for page in found}

    def shown(title):
        return plain(api(action="parse", page=title, prop="text")["parse"]["text"])

    reviewed(store, ids)
    done = publish()
    assert {id: done[id]["action"] for id in ids} == {id: "create" for id in ids}
    made = pages()
    assert len(made) == 3
    texts = [shown(title) for title in made]
    for id in ids:
        said = [" ".join(sentence.split()) for sentence in sentences(store, id)]
        assert any(all(sentence in text for sentence in said) for text in texts), id
    done = publish()
    assert {id: done[id]["action"] for id in ids} == {id: "nothing" for id in ids} and pages() == made
    reword(store, ids[0], "Something [[else]] was {{said}}")
    assert publish()[ids[0]]["action"] == "update"
    changed, = [title for title in made if pages()[title] != made[title]]
    assert "Something [[else]] was {{said}}" in shown(changed)
    # The same account may be a person's, too: its changes are not written over either.
    token = api(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
    assert api(action="login", lgname="Robot@casebook", lgpassword="casebook" * 4, lgtoken=token)["login"]["result"] == "Success"
    token = api(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
    api(action="edit", title=changed, text="A person knows better.", token=token)
    reword(store, ids[0], "Said anew")
    assert publish(code=65)[ids[0]]["action"] == "conflict" and pages()[changed] == "A person knows better."
    run("publish", "--systems", file, "--store", store, "--base", "wiki", "--reconciled", ids[0])
    assert publish()[ids[0]]["action"] == "update" and "Said anew" in pages()[changed]
    review(store, ids[1], "--state", "archived")
    assert publish()[ids[1]]["action"] == "retire"
    assert sum("out of use" in text for text in pages().values()) == 1 and len(pages()) == 3
    assert publish()[ids[1]]["action"] == "nothing"
    review(store, ids[1], "--state", "validated")
    assert publish()[ids[1]]["action"] == "update" and not any("out of use" in text for text in pages().values())
