"""Mails, chats and forms from outside: `casebook receive` and `casebook history`, with Python's email package as the reference."""

import base64
import hashlib
import hmac
import http.client
import json
import mailbox
import os
import random
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.request
import zipfile
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from stores import Tenant, ndjson

START = datetime(2024, 3, 3, 8, tzinfo=timezone.utc)
TEAM = ("--team", "desk.example")


@pytest.fixture
def tenant(tmp_path):
    return Tenant(tmp_path / "tenant", "channels")


def iso(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def mail(number, text="it hangs", sender="bob@bakery.example", name="", to="support@desk.example", **headers):
    message = EmailMessage()
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = to
    message["Message-ID"] = f"<{number}@mail.example>"
    message["Date"] = format_datetime(START + timedelta(minutes=number))
    for key, value in {"Subject": "a question", **headers}.items():
        message[key.replace("_", "-")] = value
    message.set_content(text)
    return message


def write_mbox(path, messages):
    box = mailbox.mbox(path)
    for message in messages:
        # As bytes, since the mailbox would fold headers in a way of its own.
        box.add(message.as_bytes())
    box.close()
    return path


def received(tenant, *arguments, kind="mail", code=0, data=None):
    result = tenant.run("receive", kind, "--store", tenant.store, *TEAM, "--json", *arguments, data=data)
    assert result.returncode == code, result.stderr
    return json.loads(result.stdout)


def history(tenant, ticket, *more):
    return json.loads(tenant.done("history", ticket, "--store", tenant.store, "--json", *more))["entries"]


def rows(tenant, sql):
    with sqlite3.connect(tenant.store) as database:
        return database.execute(sql).fetchall()


def tickets(tenant, channel="email"):
    """The ids of the tickets that a channel has opened, in the order of time."""
    return [row[0] for row in rows(tenant, f"SELECT id FROM ticket WHERE id LIKE '{channel}-%' ORDER BY openedAt, id")]


# What no redactor takes for anybody's data, for each character set.
WORDS = {
    "utf-8": "export größer schließt être niño 表示 失敗 печать ✓ hangs",
    "iso-8859-1": "export größer schließt être niño hangs",
    "iso-8859-15": "export größer œuvre schließt être hangs",
    "windows-1252": "export größer „schließt“ être … hangs",
    "koi8-r": "печать не работает снова",
    "iso-2022-jp": "表示 失敗 印刷 画面",
    "shift_jis": "表示 失敗 印刷 画面",
    "us-ascii": "export hangs again while printing",
}


def random_text(generator, charset):
    words = WORDS[charset].split()
    lines = [" ".join(generator.choices(words, k=generator.randint(1, 30))) for _ in range(generator.randint(1, 8))]
    return "\n".join(lines) + "\n"


def random_mail(generator, number):
    charset = generator.choice(list(WORDS))
    encodings = ["quoted-printable", "base64"] + ([] if charset == "us-ascii" else ["8bit"])
    if charset in ("us-ascii", "iso-2022-jp"):
        encodings.append("7bit")
    text = random_text(generator, charset)
    message = mail(number, Subject=" ".join(generator.choices(WORDS["utf-8"].split(), k=generator.randint(1, 30))))
    kind = generator.choice(["plain", "alternative", "html"])
    markup = "<html><body><p>" + text.replace("\n", "</p><p>") + "</p></body></html>"
    if kind == "html":
        message.set_content(markup, subtype="html", charset=charset, cte=generator.choice(["quoted-printable", "base64"]))
    else:
        message.set_content(text, charset=charset, cte=generator.choice(encodings))
    if kind == "alternative":
        message.add_alternative(markup, subtype="html", charset="utf-8")
        if generator.random() < 0.5:
            message.get_payload()[1].add_related(generator.randbytes(20), "image", "png", cid="<picture>")
    for _ in range(generator.choice([0, 0, 1, 3])):
        name = generator.choice(["log.txt", "größer.bin", "表示 失敗 表示 失敗 表示 失敗.dat", "a;b\".x", "", "x" * 90 + ".y"])
        content = generator.randbytes(generator.choice([0, 1, 57, 2_000]))
        message.add_attachment(content, "application", generator.choice(["pdf", "x-thing"]), filename=name or None)
    return message


def facts_by_python(message):
    """Subject, words and files as Python's parser reads the same bytes."""
    message = message_from_bytes(message.as_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html"))
    text = body.get_content()
    if body.get_content_subtype() == "html":
        text = text.replace("<html><body>", "").replace("</body></html>", "").replace("</p>", "").replace("<p>", "\n")
    files = [
        (part.get_filename() or "", part.get_content_type(), hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest())
        for part in message.walk() if not part.is_multipart() and part.get_content_maintype() != "text"]
    return str(message["Subject"]).split(), text.split(), sorted(files)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_mails_are_read_as_python_reads_them(tenant, seed):
    generator = random.Random(seed)
    messages = [random_mail(generator, number) for number in range(80)]
    report = received(tenant, write_mbox(tenant.folder / "box", messages))
    expected = [facts_by_python(message) for message in messages]
    assert report["tickets"] == len(messages) and report["counts"] == {}
    assert report["attachments"] == sum(len(files) for _, _, files in expected)
    for ticket, message, facts in zip(tickets(tenant), messages, expected, strict=True):
        opened = history(tenant, ticket, "--full")[0]
        files = sorted((file["name"], file["type"], file["sha256"]) for file in opened.get("files", []))
        found = (opened["subject"].split(), opened["text"].split(), files)
        assert found == facts, f"seed {seed}, {message['Message-ID']}\n{message.as_string()[:2000]}"


def test_threads_over_mails_are_one_history(tenant):
    tenant.imported()
    person = f"{tenant.names['mail']}@{tenant.names['domain']}.example"
    quote = "\n\nOn Sun, 1 Mar 2026 they wrote:\n> The worker hangs.\n> It began today.\n"
    first = mail(1, "Hello,\n\nThe worker hangs.\nIt began today.\n\n-- \nsent from far away\n", sender=person)
    first.add_attachment(b"one\ntwo\n", "text", "plain", filename="worker.log")
    first.add_attachment(b"picture", "image", "png", disposition="inline", filename="shot.png")
    report = received(tenant, write_mbox(tenant.folder / "box", [
        first,
        mail(2, "Please restart it." + quote, sender="agent-1@desk.example", In_Reply_To="<1@mail.example>"),
        mail(3, "I am away.", sender=person, References="<1@mail.example> <2@mail.example>", Auto_Submitted="auto-replied"),
        mail(4, "That helped." + quote, sender=person, References="<1@mail.example> <2@mail.example>"),
        mail(5, "undeliverable", sender="mailer-daemon@mail.example"),
    ]))
    assert [report[key] for key in ("messages", "tickets", "interactions", "automaticInteractions", "attachments", "inlineAttachments")] == [
        5, 1, 3, 1, 2, 1]
    assert report["counts"] == {"automatic": 1} and report["remarks"][0]["line"] > 1
    (ticket,) = tickets(tenant)
    entries = history(tenant, ticket)
    assert [entry["kind"] for entry in entries] == ["opened", "message", "message", "message"]
    assert [entry.get("side") for entry in entries] == [None, "agent", "system", "customer"]
    assert [entry["text"] for entry in entries] == [
        "The worker hangs.\nIt began today.", "Please restart it.", "I am away.", "That helped."]
    assert entries[0]["account"] == tenant.names["account"] and entries[0]["contact"] == "person-" + tenant.names["person"]
    assert entries[1]["author"] == "agent-1" and entries[1]["public"] is True
    assert entries[1]["bytesLeftOut"] > 30 and [file["name"] for file in entries[0]["files"]] == ["worker.log", "shot.png"]
    assert entries[0]["files"][0]["sha256"] == hashlib.sha256(b"one\ntwo\n").hexdigest()
    assert "> The worker hangs." in history(tenant, ticket, "--full")[1]["text"]


def test_text_and_json_of_a_history_have_the_same_facts(tenant):
    tenant.imported()
    name = tenant.names["ticket"] + "-1"
    person = f"{tenant.names['mail']}@{tenant.names['domain']}.example"
    message = mail(1, "more of it\nand more", sender=person, Subject=f"Re: [#{name}]")
    message.add_attachment(b"x", "application", "pdf", filename="plan.pdf")
    message.replace_header("Date", format_datetime(datetime.now(timezone.utc) - timedelta(hours=1)))
    later = (datetime.now(timezone.utc) - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [json.loads(line) for line in (tenant.desk / "tickets.ndjson").read_text().splitlines()]
    ndjson(tenant.desk / "tickets.ndjson", [dict(row, priority="low", resolvedAt=later) for row in rows])
    tenant.done("import", "--store", tenant.store, "--source", "crm", "--date", later, tenant.desk / "tickets.ndjson")
    assert received(tenant, write_mbox(tenant.folder / "box", [message]))["reopened"] == 1
    entries = history(tenant, name)
    kinds = [entry["kind"] for entry in entries]
    assert kinds[0] == "opened" and {"message", "changed", "resolved", "reopened"} <= set(kinds)
    assert [entry["time"] for entry in entries] == sorted(entry["time"] for entry in entries)
    text = tenant.done("history", name, "--store", tenant.store)
    blocks = [block for block in text.splitlines() if not block.startswith("    ")]
    assert len(blocks) == len(entries)
    for block, entry in zip(blocks, entries):
        assert block.startswith(f"{entry['time']}  {entry['kind']}")
        for key, value in entry.items():
            if key in ("text", "files", "bytesLeftOut", "kind", "time"):
                continue
            shown = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            assert f"{key} {shown}" in block, (key, block)
    for entry in entries:
        for part in entry.get("text", "").splitlines():
            assert f"    {part}\n" in text
        for file in entry.get("files", []):
            assert f"    file {file['name']}  type {file['type']}  bytes {file['bytes']}  sha256 {file['sha256']}" in text


def test_a_maildir_is_read_once_and_not_what_is_being_delivered(tenant):
    folder = tenant.folder / "Maildir"
    box = mailbox.Maildir(folder)
    keys = [box.add(mail(number, f"question {'abc'[number]}")) for number in range(3)]
    (folder / "tmp" / "half").write_bytes(mail(9).as_bytes()[:100])
    assert received(tenant, folder)["tickets"] == 3
    before = tenant.check()["rows"]
    # A program that reads mail moves it and marks it.
    for path in list((folder / "new").iterdir()):
        path.rename(folder / "cur" / (path.name.split(":")[0] + ":2,S"))
    box.add(mail(1, "the same id, said again"))
    again = received(tenant, folder)
    assert (again["messages"], again["repeated"], again["tickets"]) == (4, 4, 0) and len(keys) == 3
    assert tenant.check()["rows"] == before
    box.add(mail(4, "a new one"))
    assert received(tenant, folder)["tickets"] == 1


def test_of_a_maildir_the_older_mails_are_read_first(tenant):
    box = mailbox.Maildir(tenant.folder / "Maildir")
    box.add(mail(1, "as it came again"))
    old = mailbox.MaildirMessage(mail(1, "as it came first"))
    old.set_subdir("cur")
    box.add(old)
    report = received(tenant, tenant.folder / "Maildir")
    assert (report["messages"], report["repeated"], report["tickets"]) == (2, 1, 1)
    assert history(tenant, tickets(tenant)[0])[0]["text"] == "as it came first"


def test_questions_open_the_tickets_of_answers_that_were_read_before_them(tmp_path):
    questions = [mail(2 * number, f"question {number}") for number in range(700)]
    answers = [
        mail(2 * number + 1, f"answer {number}", sender="agent-1@desk.example", to="bob@bakery.example",
             Subject="Re: a question", In_Reply_To=f"<{2 * number}@mail.example>")
        for number in range(700)]
    inbox, sent = write_mbox(tmp_path / "inbox.mbox", questions), write_mbox(tmp_path / "sent.mbox", answers)
    late, right = Tenant(tmp_path / "late", "order"), Tenant(tmp_path / "right", "order")
    report = received(late, sent, inbox)
    assert (report["tickets"], report["interactions"], report["counts"]) == (700, 700, {})
    received(right, inbox, sent)
    for said in ("SELECT openedAt, subject, body, account FROM ticket ORDER BY 1",
                 "SELECT openedAt, time, side, text FROM interaction JOIN ticket ON ticket.number = interaction.ticket ORDER BY 1, 2"):
        assert rows(late, said) == rows(right, said)
    assert len(rows(late, "SELECT 1 FROM ticket WHERE body <> '' AND subject = 'a question'")) == 700
    before = late.check()["rows"]
    assert received(late, inbox, sent)["repeated"] == 1_400
    assert late.check()["rows"] == before and late.check()["problems"] == []


def test_a_single_mail_comes_over_standard_input(tenant):
    report = received(tenant, "-", data=mail(1, "over a pipe").as_bytes())
    assert report["tickets"] == 1
    with_crlf = mail(2, "over\na pipe").as_bytes(policy=policy.SMTP)
    assert received(tenant, "-", data=with_crlf)["tickets"] == 1
    assert [history(tenant, ticket)[0]["text"].split() for ticket in tickets(tenant)] == [["over", "a", "pipe"]] * 2
    (tenant.folder / "one.eml").write_bytes(with_crlf)
    assert received(tenant, tenant.folder / "one.eml")["repeated"] == 1


def test_nothing_of_a_person_is_readable_in_the_store(tenant):
    words = [tenant.names[name] for name in ("person", "mail", "reply", "body")]
    sender = f"{words[1]}@{words[2]}.example"
    name = f"Ann {words[0].title()}"
    message = mail(
        1, f"I am {name}.\nWrite to {sender} or {words[3]}@other.example, or call +49 171 2345678.\n\nRegards\n{name}",
        sender=sender, name=name, Cc=f"Carla {words[3].title()} <{words[3]}@other.example>", Subject=f"from {name}")
    message.add_attachment(b"x", "text", "plain", filename=f"notes of {name}.txt")
    html = mail(2, "", sender=sender, name=f"{words[0].title()}, Ann")
    html.set_content(f"<html><body><p>Ann <b>{words[0].title()}</b> at <a href='mailto:{sender}'>{sender}</a></p></body></html>", subtype="html")
    received(tenant, write_mbox(tenant.folder / "box", [message, html, mail(3, f"Carla {words[3].title()} asked", sender=sender)]))
    kept = tenant.bytes()
    for word in [*words, "2345678", "1@mail.example"]:
        assert word.encode() not in kept, word
    # With the key the contact is known.
    assert history(tenant, tickets(tenant)[0])[0]["contact"] == sender


def test_two_tenants_have_nothing_in_common(tmp_path):
    stores = [Tenant(tmp_path / name, name) for name in ("one", "two")]
    box = write_mbox(tmp_path / "box", [mail(1), mail(2, In_Reply_To="<1@mail.example>")])
    for tenant in stores:
        assert received(tenant, box)["tickets"] == 1
    hashes = [{row[0] for row in rows(tenant, "SELECT hash FROM channelMessage")} for tenant in stores]
    assert hashes[0].isdisjoint(hashes[1]) and set(tickets(stores[0])).isdisjoint(tickets(stores[1]))


def test_who_is_erased_leaves_no_trace_of_a_channel(tenant):
    tenant.imported()
    sender = f"{tenant.names['reply']}@bakery.example"
    message = mail(1, "the quagga export hangs", sender=sender)
    message.add_attachment(b"x", "text", "plain", filename="quagga.txt")
    other = mail(2, "mine too", sender="bob@other.example", In_Reply_To="<1@mail.example>")
    third = mail(3, "the quagga again", sender=sender, In_Reply_To="<2@mail.example>")
    third.add_attachment(b"y", "text", "plain", filename="quagga-2.txt")
    away = mail(4, "no quagga before may", sender=sender, In_Reply_To="<2@mail.example>", Auto_Submitted="auto-replied")
    received(tenant, write_mbox(tenant.folder / "box", [message, other, third, away]))
    hashes = [row[0] for row in rows(tenant, "SELECT hash FROM channelMessage ORDER BY number")]
    receipt = json.loads(tenant.done("erase", "--store", tenant.store, "--contact", sender))
    assert receipt["removed"]["channelMessages"] == 3 and receipt["removed"]["attachments"] == 2
    kept = tenant.bytes()
    assert b"quagga" not in kept and sender.encode() not in kept
    files = b"".join(path.read_bytes() for path in sorted(tenant.folder.glob("store*")))
    assert hashes[0] not in files and hashes[2] not in files and hashes[1] in files
    assert tenant.check()["problems"] == []


def test_with_an_account_and_with_age_go_all_its_channels(tenant):
    tenant.imported()
    person = f"{tenant.names['mail']}@{tenant.names['domain']}.example"
    stranger = f"{tenant.names['reply']}@{tenant.names['domain']}.example"
    box = write_mbox(tenant.folder / "box", [
        mail(1, "the quagga export hangs", sender=stranger), mail(2, "as before", sender=person),
        mail(3, "not theirs", sender="bob@other.example")])
    received(tenant, box)
    receipt = json.loads(tenant.done("erase", "--store", tenant.store, "--account", tenant.names["account"]))
    assert receipt["removed"]["channelMessages"] == 2
    kept = tenant.bytes()
    for trace in (b"quagga", stranger.encode(), tenant.names["domain"].encode()):
        assert trace not in kept
    assert tenant.check()["rows"]["channelMessage"] == 1
    # What was resolved long ago goes with its messages and the link to what goes on with it.
    with sqlite3.connect(tenant.store) as database:
        database.execute("UPDATE ticket SET resolvedAt = openedAt + 1 WHERE id LIKE 'email-%'")
    late = mail(4, "again", sender="bob@other.example", In_Reply_To="<3@mail.example>")
    late.replace_header("Date", format_datetime(START + timedelta(days=60)))
    assert received(tenant, write_mbox(tenant.folder / "late", [late]))["followUps"] == 1
    assert tenant.check()["rows"]["followUp"] == 1
    removed = json.loads(tenant.done("retain", "--store", tenant.store, "--older-than", "1", "--kind", "tickets"))["removed"]
    assert (removed["channelMessages"], removed["followUps"]) == (1, 1)
    assert tenant.check()["problems"] == [] and len(tickets(tenant)) == 1


@pytest.mark.parametrize("whom", ["contact", "account", "old tickets"])
def test_what_was_removed_does_not_come_back_when_it_is_read_again(tenant, whom):
    tenant.imported()
    sender = f"{tenant.names['reply']}@{tenant.names['domain']}.example"
    box = write_mbox(tenant.folder / "box", [
        mail(1, "the quagga export hangs", sender=sender, Subject="the quagga fails"),
        mail(2, "the quagga again", sender=sender, In_Reply_To="<1@mail.example>"),
        mail(3, "not theirs", sender="bob@other.example")])
    assert received(tenant, box)["tickets"] == 2
    if whom == "old tickets":
        with sqlite3.connect(tenant.store) as database:
            database.execute("UPDATE ticket SET resolvedAt = openedAt + 1 WHERE subject LIKE '%quagga%'")
        removal = ("retain", "--older-than", "1", "--kind", "tickets")
    else:
        removal = ("erase", f"--{whom}", sender if whom == "contact" else tenant.names["account"])
    tenant.done(removal[0], "--store", tenant.store, *removal[1:])
    before = tenant.check()["rows"]
    again = received(tenant, box)
    assert (again["messages"], again["repeated"], again["tickets"]) == (3, 3, 0)
    kept = tenant.bytes()
    assert tenant.check()["rows"] == before and b"quagga" not in kept
    assert whom == "old tickets" or sender.encode() not in kept
    # What they write from now on is another matter.
    late = mail(4, "it hangs", sender=sender, In_Reply_To="<1@mail.example>")
    assert received(tenant, write_mbox(tenant.folder / "late", [late]))["tickets"] == 1


def slack_export(folder):
    """An export with a thread, a lonely message, people who come and go, a robot and what is broken."""
    def write(path, value):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(value))

    stamp = START.timestamp()
    root, lonely = f"{stamp:.6f}", f"{stamp + 60:.6f}"
    write("users.json", [
        {"id": "U1", "name": "zq", "profile": {"real_name": "Zelda Quimby", "email": "Zelda@bakery.example"}},
        {"id": "U2", "name": "sam", "real_name": "Sam Servant", "profile": {"email": "sam@desk.example"}},
        {"id": "B1", "name": "robot", "is_bot": True}, {"name": "nobody"}])
    write("channels.json", [{"id": "C1", "name": "help"}])
    write("integration_logs.json", [])
    write("help/2024-03-03.json", [
        {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined", "ts": f"{stamp - 5:.6f}"},
        {"type": "message", "user": "U1", "ts": root, "thread_ts": root, "reply_count": 3, "edited": {"user": "U1", "ts": lonely},
         "text": "the export &amp; the import hang, see <https://wiki.example/x|the page>",
         "files": [{"id": "F1", "name": "shot of Zelda Quimby.png", "mimetype": "image/png", "size": 321}]},
        {"type": "message", "user": "U1", "ts": lonely, "text": "another question"},
        {"type": "message", "user": "U2", "ts": f"{stamp + 90:.6f}", "text": "lunch?"},
        {"type": "message", "user": "U1", "text": "no time"}, "rubbish",
        {"type": "message", "subtype": "tombstone", "user": "U1", "text": "This message was deleted.", "ts": f"{stamp + 95:.6f}"}])
    write("help/2024-03-04.json", [
        {"type": "message", "user": "U2", "ts": f"{stamp + 86400:.6f}", "thread_ts": root, "text": "hi <@U1>, restart it"},
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "ts": f"{stamp + 86401:.6f}", "thread_ts": root, "text": "assigned"},
        {"type": "message", "user": "U1", "ts": f"{stamp + 86402:.6f}", "thread_ts": root, "text": "it works"}])
    (folder / "help" / "notes.txt").write_text("not a day")
    return folder


def test_an_export_of_slack_is_conversations(tenant):
    folder = slack_export(tenant.folder / "slack")
    report = received(tenant, folder, kind="chat", code=65)
    assert report["counts"] == {"notice": 2, "refused": 3, "teamOnly": 1}
    assert [report[key] for key in ("messages", "tickets", "interactions", "automaticInteractions", "attachments")] == [10, 2, 3, 1, 1]
    threads = [history(tenant, ticket) for ticket in tickets(tenant, "chat")]
    assert [len(entries) for entries in threads] == [4, 1]
    opened, answer, robot, thanks = threads[0]
    assert opened["text"] == "the export & the import hang, see the page (https://wiki.example/x)"
    assert opened["contact"] == "zelda@bakery.example" and opened["files"][0]["bytes"] == 321
    assert "sha256" not in opened["files"][0] and opened["files"][0]["name"].startswith("shot of <person:")
    assert (answer["side"], robot["side"], thanks["side"]) == ("agent", "system", "customer")
    assert answer["text"].startswith("hi @<person:") and answer["text"].endswith(", restart it")
    kept = tenant.bytes()
    assert b"quimby" not in kept and b"servant" not in kept and b"zelda@" not in kept
    # The same as a ZIP archive, below a folder of its own.
    archive = tenant.folder / "slack.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*.json")):
            file.write(path, f"export/{path.relative_to(folder)}")
    before = tenant.check()["rows"]
    assert received(tenant, archive, kind="chat", code=65)["repeated"] == 5
    assert tenant.check()["rows"] == before


def test_a_thread_of_slack_that_a_robot_begins(tenant):
    """What robot and team said before the customer answered belongs to the ticket, and names of people of other workspaces are hidden."""
    folder, stamp = tenant.folder / "slack", START.timestamp()
    (folder / "help").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps([{"id": "U2", "profile": {"real_name": "Sam Servant", "email": "sam@desk.example"}}]))
    root = f"{stamp:.6f}"
    said = [{"subtype": "bot_message", "bot_id": "B1", "text": "", "attachments": [{"fallback": "a form: the export hangs"}]},
            {"user": "U2", "text": "looking, Zebulon Quackenbush"},
            {"user": "U9", "user_profile": {"real_name": "Zebulon Quackenbush", "display_name": "zebq"}, "text": "thanks, it works"}]
    (folder / "help" / "2026-03-02.json").write_text(json.dumps([
        {"type": "message", "ts": f"{stamp + place:.6f}", "thread_ts": root, **message} for place, message in enumerate(said)]))
    report = received(tenant, folder, kind="chat")
    assert (report["tickets"], report["interactions"], report["counts"]) == (1, 2, {})
    entries = history(tenant, tickets(tenant, "chat")[0])
    assert [entry.get("side") for entry in entries] == ["system", "agent", None]
    assert entries[0]["text"] == "a form: the export hangs" and entries[1]["text"].startswith("looking, <person:")
    assert b"quackenbush" not in tenant.bytes()
    rows = tenant.check()["rows"]
    assert received(tenant, folder, kind="chat")["repeated"] == 3 and tenant.check()["rows"] == rows


def test_chat_lines_and_forms_come_over_standard_input(tenant):
    tenant.imported()
    name = tenant.names["ticket"] + "-1"
    lines = [{"conversation": "c", "time": iso(START), "author": "bob@other.example", "text": "it hangs"},
             {"conversation": "c", "time": iso(START + timedelta(minutes=1)), "author": "agent-1", "text": "restart it", "public": False}]
    report = received(tenant, "-", kind="chat", data="".join(json.dumps(line) + "\n" for line in lines).encode())
    assert (report["tickets"], report["interactions"]) == (1, 1)
    entries = history(tenant, tickets(tenant, "chat")[0])
    assert [entry.get("side") for entry in entries] == [None, "agent"] and entries[1]["public"] is False
    form = {"id": "f1", "ticket": name, "time": "2026-03-01T23:30:00Z", "contact": "person-" + tenant.names["person"],
            "subject": "more", "body": "it is slow", "fields": {"version": "1.2"}}
    assert received(tenant, kind="forms", data=json.dumps(form).encode())["interactions"] == 1
    (entry,) = [entry for entry in history(tenant, name) if entry.get("channel") == "form"]
    assert entry["kind"] == "message" and entry["text"].endswith("version: 1.2")


def test_a_mail_that_is_too_big_is_kept_with_its_headers_and_words(tenant):
    big = mail(1, "see the file")
    big.add_attachment(os.urandom(14 << 20), "application", "octet-stream", filename="core.bin")
    report = received(tenant, write_mbox(tenant.folder / "box", [big, mail(2, "after it")]))
    assert report["tickets"] == 2 and report["counts"] == {"cut": 1}
    opened = history(tenant, tickets(tenant)[0])[0]
    assert opened["text"] == "see the file" and opened["files"][0]["bytes"] is None and "sha256" not in opened["files"][0]


def test_what_is_refused_is_named_and_all_else_is_kept(tenant):
    box = tenant.folder / "box"
    write_mbox(box, [mail(1)])
    with box.open("ab") as file:
        file.write(b"From nobody Mon Mar  2 08:00:00 2026\n\nno headers\n\n" + b"From a Mon Mar  2 08:00:00 2026\n" + mail(2).as_bytes())
    report = received(tenant, box, code=65)
    assert report["tickets"] == 2 and report["counts"] == {"refused": 1}
    remark = report["remarks"][0]
    content = box.read_bytes()
    assert content[remark["byte"]:].startswith(b"From nobody") and content[:remark["byte"]].count(b"\n") == remark["line"] - 1
    result = tenant.run("receive", "mail", "--store", tenant.store, box, tenant.folder / "missing", write_mbox(tenant.folder / "late", [mail(3)]))
    assert result.returncode == 66 and "no such file" in result.stderr and "1 open a ticket" in result.stderr
    assert len(tickets(tenant)) == 3


@pytest.mark.parametrize("kind, name, content, code", [
    ("mail", "folder", None, 66), ("mail", "zeros", bytes(1_000), 65),
    ("chat", "broken.zip", b"PK\x03\x04 and nothing more", 66), ("chat", "folder", None, 66), ("chat", "lines", b"\xff\xfe\n", 65),
    ("forms", "list", b"[1, 2]", 65), ("forms", "half", b'{"time": "2024-03-03T08:00:00Z", "body": "x', 65),
], ids=lambda value: value if isinstance(value, str) else "")
def test_bad_input_is_a_clear_error(tenant, kind, name, content, code):
    path = tenant.folder / name
    path.mkdir() if content is None else path.write_bytes(content)
    result = tenant.run("receive", kind, "--store", tenant.store, path)
    assert result.returncode == code and str(path) in result.stderr and "Fatal" not in result.stderr


def test_archives_that_lie_are_refused(tenant):
    folder = slack_export(tenant.folder / "slack")
    archive = tenant.folder / "x.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(folder / "users.json", "users.json")
        file.writestr("help/2024-03-03.json", b"[" + b" " * (70 << 20) + b"]")
        file.write(folder / "help" / "2024-03-04.json", "help/2024-03-04.json")
    report = received(tenant, archive, kind="chat", code=65)
    assert any("more than" in remark["reason"] for remark in report["remarks"]) and report["messages"] == 4
    content = bytearray(archive.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 42:place + 46] = (len(content) + 5).to_bytes(4, "little")
    archive.write_bytes(content)
    result = tenant.run("receive", "chat", "--store", tenant.store, archive)
    assert result.returncode == 66 and "no whole ZIP archive" in result.stderr


def test_an_empty_folder_is_no_error(tenant):
    (tenant.folder / "box").touch()
    assert received(tenant, tenant.folder / "box")["messages"] == 0
    assert received(tenant, "-", data=b"")["messages"] == 0
    mailbox.Maildir(tenant.folder / "Maildir")
    assert received(tenant, tenant.folder / "Maildir")["messages"] == 0


def test_key_store_and_ticket_are_needed(tenant):
    box = write_mbox(tenant.folder / "box", [mail(1)])
    assert tenant.run("history", "1", "--store", tenant.store).returncode == 66
    received(tenant, box)
    assert tenant.run("history", "nobody", "--store", tenant.store).returncode == 66
    right, tenant.key = tenant.key, "quite another key"
    assert tenant.run("receive", "mail", "--store", tenant.store, box).returncode == 78
    tenant.key = right
    assert tenant.run("receive", "mail", "--store", tenant.store).returncode == 64


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_loses_and_doubles_nothing(tmp_path, seed):
    generator = random.Random(seed)
    messages = []
    for number in range(1_500):
        answered = {"In_Reply_To": f"<{generator.randrange(number)}@mail.example>"} if number and generator.random() < 0.6 else {}
        messages.append(mail(number, "it hangs " * generator.randint(1, 200), sender=f"p{number % 40}@bakery.example", **answered))
    box = write_mbox(tmp_path / "box", messages)
    killed, whole = Tenant(tmp_path / "killed", "kill"), Tenant(tmp_path / "whole", "kill")
    received(whole, box)
    for _ in range(4):
        with killed.start("receive", "mail", "--store", killed.store, *TEAM, box) as process:
            time.sleep(generator.uniform(0.02, 0.6))
            process.send_signal(signal.SIGKILL)
            process.communicate()
    received(killed, box)
    counts = [{key: value for key, value in tenant.check()["rows"].items() if key != "audit"} for tenant in (killed, whole)]
    assert counts[0] == counts[1] and counts[0]["channelMessage"] == 1_500
    said = "SELECT openedAt, subject, body FROM ticket ORDER BY 1, 2, 3"
    assert rows(killed, said) == rows(whole, said)


def test_broken_mails_are_read_as_far_as_they_go(tenant):
    text = base64.b64encode("the export hangs again and again".encode()).decode()
    parts = {
        "no boundary": b"Content-Type: multipart/mixed\n\nsaid all the same\n",
        "cut base64": f"Content-Transfer-Encoding: base64\n\n{text[:21]}".encode(),
        "wrong charset": "Content-Type: text/plain; charset=utf-8\n\nfür größere".encode("latin-1"),
        "no end": b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsaid to the end",
    }
    for name, content in parts.items():
        head = f"From: a@bakery.example\nMessage-ID: <{name.replace(' ', '-')}@x>\nDate: {format_datetime(START)}\nSubject: {name}\n"
        assert received(tenant, "-", data=head.encode() + content)["tickets"] == 1
    said = dict(rows(tenant, "SELECT subject, body FROM ticket"))
    assert said == {"no boundary": "said all the same\n", "cut base64": "the export hang", "wrong charset": "für größere",
                    "no end": "said to the end"}


class Portal:
    """`casebook receive calls`, and what a portal posts to it."""

    secret = b"s3cret of the portal"

    def __init__(self, tenant):
        self.tenant = tenant
        file = tenant.folder / "calls.secret"
        file.write_bytes(self.secret + b"\n")
        file.chmod(0o600)
        self.process = tenant.start(
            "receive", "calls", "--listen", 0, "--secret-file", file, "--store", tenant.store, *TEAM)
        line = self.process.stderr.readline().decode()
        assert "listening at " in line, line
        self.address = line.split("listening at ")[1].strip()

    def post(self, kind, body, signature=None):
        """The status and the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        signature = signature or "sha256=" + hmac.new(self.secret, data, hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            self.address + kind, data, {"Content-Type": "application/json", "X-Casebook-Signature": signature})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode


@pytest.fixture
def portal(tenant):
    tenant.imported()
    portal = Portal(tenant)
    yield portal
    if portal.process.poll() is None:
        portal.process.kill()
        portal.process.communicate()


def form(id, **more):
    return {"id": id, "time": iso(START), "email": "bob@bakery.example", "name": "Bob Quimby", "subject": "down",
            "body": "Bob Quimby, +49 171 2345678", **more}


def test_a_portal_posts_forms_and_chats_that_files_bring_only_once_more(portal, tenant):
    status, answer = portal.post("forms", form("f1"))
    assert status == 200 and answer == {"repeated": False, "ticket": tickets(tenant, "form")[0]}
    assert portal.post("forms", form("f1")) == (200, {**answer, "repeated": True})
    line = {"conversation": "c1", "id": 1, "time": iso(START), "author": "bob@bakery.example", "text": "it hangs"}
    _, first = portal.post("chat", line)
    assert portal.post("chat", {**line, "id": 2, "side": "agent", "author": "sam"})[1]["ticket"] == first["ticket"]
    ndjson(tenant.folder / "forms", [form("f1"), form("f2")])
    # Who takes messages is one process at a time.
    assert tenant.run("receive", "forms", "--store", tenant.store, tenant.folder / "forms").returncode == 75
    assert portal.end() == 0
    assert received(tenant, tenant.folder / "forms", kind="forms")["repeated"] == 1
    text = tenant.bytes()
    assert b"quimby" not in text and b"2345678" not in text and b"<phone:" in text


def test_what_a_portal_posts_wrongly_is_refused_with_the_field(portal, tenant):
    status, answer = portal.post("forms", {"id": "f1", "body": "down"})
    assert status == 400 and 'field "time"' in answer["error"]["message"]
    status, answer = portal.post("chat", {"time": iso(START), "text": "down"})
    assert status == 400 and 'field "conversation"' in answer["error"]["message"]
    assert portal.post("forms", b"not JSON")[0] == 400
    assert portal.post("forms", form("f1", body="x" * (1 << 20)))[0] == 413
    assert portal.post("elsewhere", form("f1"))[0] == 404
    for signature in ["sha256=" + "0" * 64, "nothing"]:
        status, answer = portal.post("forms", form("f1"), signature)
        assert status == 401 and "X-Casebook-Signature" in answer["error"]["message"]
    assert tickets(tenant, "form") == []
    assert portal.post("forms", form("f1"))[0] == 200
    assert portal.end(signal.SIGINT) == 0


def test_a_kill_loses_nothing_of_which_a_portal_was_answered(tenant):
    tenant.imported()
    answered = {}
    for attempt in range(3):
        portal = Portal(tenant)
        threads = []

        def send(worker, portal=portal, attempt=attempt):
            for number in range(1_000):
                id = f"f{attempt}-{worker}-{number}"
                try:
                    status, answer = portal.post("forms", form(id, email=f"p{worker}@bakery.example"))
                except (OSError, http.client.HTTPException):
                    return
                assert status == 200
                answered[id] = answer["ticket"]

        for worker in range(6):
            threads.append(threading.Thread(target=send, args=(worker,)))
            threads[-1].start()
        time.sleep(0.7)
        portal.process.send_signal(signal.SIGKILL)
        portal.process.communicate()
        for thread in threads:
            thread.join()
    assert answered
    portal = Portal(tenant)
    for id, ticket in answered.items():
        worker = id.split("-")[1]
        again = portal.post("forms", form(id, email=f"p{worker}@bakery.example"))
        assert again == (200, {"repeated": True, "ticket": ticket})
    assert portal.end() == 0
    assert set(answered.values()) <= set(tickets(tenant, "form"))


def test_a_portal_needs_a_secret_of_its_own(tenant):
    file = tenant.folder / "calls.secret"
    file.write_text("s3cret")
    file.chmod(0o644)
    arguments = "receive", "calls", "--listen", 0, "--store", tenant.store
    done = tenant.run(*arguments, "--secret-file", file)
    assert done.returncode == 78 and "0600" in done.stderr
    done = tenant.run(*arguments)
    assert done.returncode == 78 and "CASEBOOK_CALLS_SECRET" in done.stderr
