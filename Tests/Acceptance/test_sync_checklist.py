"""What users of sync tools report, scenario by scenario: each has a test here that names it, or stands below with the test it has elsewhere.

| scenario | test |
|---|---|
| echo: a comment that came in is sent back as new | test_a_comment_that_came_in_never_goes_back |
| echo: what we sent is taken in as new | test_what_we_sent_is_known_again_by_its_mark |
| echo: our own change is taken for one of the system | test_our_own_change_stands_once_in_the_history |
| repeats: the same comment more than once | test_a_comment_comes_once_however_often_it_is_read |
| repeats: five identical calls of a web hook | test_five_identical_calls_make_one_message |
| repeats: a lost answer, or a restart, makes a second one | test_a_lost_answer_and_a_restart_make_no_second_comment; for new tickets \
ZendeskSystemTests.aTicketIsOpenedOnce, ServiceNowSystemTests.aTicketIsOpenedOnce, JiraSystemTests "A ticket that was opened is found by its key", \
RoundupSystemTests and RequestTrackerSystemTests "… opened twice with one key is one …" |
| lost updates: the last writer wins | test_an_agent_and_the_robot_do_not_undo_each_other; with `If-Match` \
RoundupSystemTests and RequestTrackerSystemTests "What somebody else has changed since it was read is not written over" |
| lost updates: a part of the write bypasses the guard | test_tags_that_are_set_meanwhile_stay |
| cursor: records in the second of the watermark | test_what_changes_in_the_second_of_the_last_reading_comes |
| cursor: `since` in the future | test_a_beginning_in_the_future_hides_nothing, test_a_time_in_the_future_hides_nothing |
| cursor: endless loop on a page full of one time | test_pages_full_of_one_second_come_to_an_end |
| cursor: rows move between pages | TimeCursorTests "A row that changes while the pages are read moves no other one out of sight", \
JiraSystemTests "All issues come through the feed, also those that change while it is read …" |
| cursor: only the first fifty rows | test_more_comments_than_a_page_holds_come, test_pages_full_of_one_second_come_to_an_end |
| cursor: the wrong clock misses changes by automation | test_what_a_rule_changes_without_moving_the_clock_comes |
| cursor: an index that lags behind | test_a_change_that_the_index_shows_late_comes |
| cursor: a read after a write does not show it | test_a_reading_from_before_our_write_does_not_undo_it |
| cursor: the zone of the account | test_the_zone_of_the_account_moves_nothing; RoundupSystemTests and RequestTrackerSystemTests "… a zone that shifts times …" |
| status: reopened behind the watermark | test_a_ticket_that_is_opened_again_is_open_here |
| status: "thanks" after the end; closed is not solved | test_closed_is_not_solved, test_thanks_after_the_end_goes_on_with_the_ticket; by mail \
ThreadTests "thanks after a ticket was closed long ago make one ticket …" |
| merge: references stay with the source, the twin is cut off | test_what_waits_for_a_merged_ticket_goes_to_the_one_it_lives_on_in; \
RequestTrackerSystemTests "A merged number does not lead to the other ticket …" |
| delete: the link goes nowhere | test_a_deleted_ticket_is_over_here_and_what_waits_is_told |
| delete, merge: one ticket stops the import | test_one_ticket_that_is_gone_does_not_stop_the_others |
| files: pictures are skipped without a word | test_files_are_named_in_the_history; ZendeskSystemTests.filesAreDescribed; inline in mails MIMEBodyTests |
| files: no second try on 503 | test_an_answer_of_503_is_asked_for_again |
| files: a log-in page is saved | test_a_log_in_page_is_taken_for_nothing_else (files themselves are not fetched) |
| history: dates lost, replies of agents missing | test_comments_keep_their_dates_and_both_sides_speak |
| limits: `Retry-After` as a maximum, 0 as never, crash after the wait | test_a_wait_is_at_least_what_was_asked_for; RequestPaceTests |
| limits: ignored | test_limits_are_kept, test_nothing_is_asked_for_all_the_time; RequestPaceMinuteTests |
| limits: 429 with a body of text | test_a_refusal_in_plain_text_is_understood |
| vendor: 410 | test_an_address_that_is_gone_is_told_and_not_asked_again |
| vendor: only one of comments and work notes | test_replies_and_internal_notes_go_both_ways |
"""

import base64
import contextlib
import hmac
import sqlite3
import time
from datetime import datetime, timedelta, timezone

import pytest
from mock_tickets import ISSUES, TICKETS, document, issue
from sync_desks import HOOK_SECRET, KINDS, READS, WORDS, WRITES, Desk, description, until

ALL = pytest.mark.parametrize("kind", KINDS)
WITH_TAGS = pytest.mark.parametrize("kind", ["zendesk", "jira"])


@pytest.fixture
def desk(tmp_path, mock, kind):
    return Desk(tmp_path / "desk", mock, kind)


def comments(there, id):
    """How many comments a ticket has there, its description not counted."""
    return len([one for one in there.state(id)["comments"] if "it stops at once" not in one["text"]])


# Echo


@ALL
def test_a_comment_that_came_in_never_goes_back(desk, there, kind, known):
    """Echo: a comment taken in from a system is sent back to it as new, for ever."""
    there.says(known, "restart the printer")
    there.says(known, "ask the second line", public=False)
    for _ in range(3):
        report = desk.sync()[kind]
        assert report["sent"] == 0
    assert comments(there, known) == 2
    assert not desk.outbox()
    wrote = [entry for entry in there.mock.journal(kind) if entry["user"] == "casebook@example.com"]
    assert not wrote


@ALL
def test_what_we_sent_is_known_again_by_its_mark(desk, there, kind, known):
    """Echo: our own comment comes back in the feed, and is neither taken in nor sent again."""
    desk.act(there.here(known), "--reply", "please try once more", "--note", "seen before")
    assert desk.sync()[kind]["sent"] == 2
    for _ in range(2):
        # What an agent does has the ticket read again, our comments among the others.
        there.says(known, "still looking")
        report = desk.sync()[kind]
        assert (report["messagesIn"], report["sent"]) == (1, 0)
    for text in ("please try once more", "seen before"):
        assert len(there.comments(known, text)) == len(desk.said(there.here(known), text)) == 1


@ALL
def test_our_own_change_stands_once_in_the_history(desk, there, kind, known):
    """Echo: our own change of a field comes back and is taken for one of the system."""
    here = there.here(known)
    desk.act(here, "--set", "version=9.9")
    desk.sync()
    desk.sync()
    changes = [(entry["to"], entry["actor"]) for entry in desk.history(here, "changed") if entry["field"] == "version"]
    assert changes == [("9.9", "agent-1")]


# Repeats


@ALL
def test_a_comment_comes_once_however_often_it_is_read(desk, there, kind, known):
    """Repeats: the same comment more than once, since it is read again whenever the ticket changes."""
    there.says(known, "restart the printer")
    for number in range(3):
        there.version(known, f"4.{number}")
        desk.sync()
    assert len(desk.said(there.here(known), "restart the printer")) == 1


def signed(kind, id, delivery):
    """A call of a web hook about a ticket: (body, headers)."""
    if kind == "zendesk":
        stamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        body = b'{"type":"zen:event-type:ticket.comment_added","detail":{"id":"%s"}}' % id.encode()
        mac = base64.b64encode(hmac.digest(HOOK_SECRET.encode(), stamp.encode() + body, "sha256")).decode()
        return body, {"X-Zendesk-Webhook-Signature": mac, "X-Zendesk-Webhook-Signature-Timestamp": stamp,
                      "X-Zendesk-Webhook-Invocation-Id": delivery}
    if kind == "servicenow":
        body = b'{"sys_id":"%s","sys_mod_count":"%s","table":"incident"}' % (id.encode(), delivery.encode())
        return body, {"X-Casebook-Secret": HOOK_SECRET}
    body = b'{"timestamp":%d,"webhookEvent":"jira:issue_updated","issue":{"id":"%s"}}' % (time.time() * 1000, id.encode())
    mac = "sha256=" + hmac.digest(HOOK_SECRET.encode(), body, "sha256").hex()
    return body, {"X-Hub-Signature": mac, "X-Atlassian-Webhook-Identifier": delivery}


def readings(there):
    """How often single tickets were asked for."""
    counts = there.mock.control("GET", "requests")["requests"].get(there.kind, {})
    return sum(count for name, count in counts.items() if name in READ_ONE)


READ_ONE = ("GET tickets/{id}", "GET table/{table}/{sys_id}", "GET rest/api/3/issue/{key}")


@ALL
def test_five_identical_calls_make_one_message(desk, there, kind, known):
    """Repeats: five identical calls of a web hook make five comments."""
    here = there.here(known)
    # The feed shows nothing new, so that only the calls can bring it.
    there.mock.set(exportDelaySeconds=300, indexLagSeconds=300)
    with desk.follow() as process:
        time.sleep(0.5)
        there.says(known, "restart the printer")
        call = signed(kind, known, "delivery-1")
        assert [process.call(kind, *call) for _ in range(5)] == [200] * 5
        until(lambda: desk.said(here, "restart the printer"))
        before = readings(there)
        assert process.call(kind, *call) == 200
        time.sleep(0.5)
        assert readings(there) == before
    assert len(desk.said(here, "restart the printer")) == 1


@ALL
def test_a_lost_answer_and_a_restart_make_no_second_comment(desk, there, kind, known):
    """Repeats: made twice after a lost answer or a restart, since the memory was in the process."""
    here = there.here(known)
    desk.act(here, "--reply", "please try once more")
    there.mock.faults(next=["timeoutAfterWrite"], timeoutSeconds=1)
    with desk.follow() as process:
        until(lambda: there.comments(known, "please try once more"))
        process.kill()
    assert desk.outbox("sending") == ["sending"]
    assert desk.sync()[kind]["left"] == 0
    desk.act(here, "--note", "seen before")
    there.mock.faults(next=["timeoutAfterWrite"], timeoutSeconds=0.2)
    desk.sync()
    for text in ("please try once more", "seen before"):
        assert len(there.comments(known, text)) == len(desk.said(here, text)) == 1
    assert desk.outbox() == ["done", "done"]


@pytest.mark.parametrize("kind", ["jira"])
def test_a_comment_that_was_changed_there_is_changed_here(desk, there, kind, known):
    """Repeats: an edited comment stays as it was first read, or comes a second time."""
    there.says(known, "the word is plumbago")
    desk.sync()
    here = there.here(known)
    comment, = there.comments(known, "the word is plumbago")
    there.mock.ok("PUT", f"{ISSUES}/{known}/comment/{comment['id']}", {"body": document("the word was taken out")}, user="agent")
    desk.sync()
    assert len(desk.said(here, "the word was taken out")) == 1 and not desk.said(here, "the word is plumbago")


@pytest.mark.parametrize("kind", ["zendesk", "jira"])
def test_a_message_that_is_hidden_from_the_customer_afterwards_is_hidden_here(desk, there, kind, known):
    there.says(known, "they pay late")
    desk.sync()
    here = there.here(known)
    assert [message["public"] for message in desk.said(here, "they pay late")] == [True]
    comment, = there.comments(known, "they pay late")
    if kind == "zendesk":
        there.mock.ok("PUT", f"{TICKETS}/{known}/comments/{comment['id']}/make_private", user="agent")
    else:
        hidden = {"body": document("they pay late"), "properties": [{"key": "sd.public.comment", "value": {"internal": True}}]}
        there.mock.ok("PUT", f"{ISSUES}/{known}/comment/{comment['id']}", hidden, user="agent")
    desk.sync()
    assert [message["public"] for message in desk.said(here, "they pay late")] == [False]


@pytest.mark.parametrize("kind", ["jira"])
def test_nothing_internal_is_written_where_comments_cannot_be(desk, there, kind):
    """Only projects of a service desk have internal comments; in others everybody who sees an issue reads them."""
    desk.describe(description(desk.mock, "jira", place="ENG", statuses={}))
    made = issue(there.mock, "agent", "ENG", "Bug", summary="upload fails", description=document("it stops at once"))["id"]
    desk.sync("--notes")
    here = there.here(made)
    desk.act(here, "--note", "they pay late", "--reply", "we look into it")
    assert desk.sync(code=65)["jira"]["refused"] == 1
    assert [comment["text"].strip() for comment in there.state(made)["comments"]] == ["we look into it"]
    refused, = desk.refused()
    assert "customers could read it" in refused["reason"]
    # Where nobody but the team sees the project there is nothing to hide.
    desk.describe(description(desk.mock, "jira", place="ENG", statuses={}, teamOnly=True))
    desk.run("sync", "refused", "--systems", desk.file, "--replay-all")
    desk.sync()
    assert len(there.comments(made, "they pay late")) == 1


@pytest.mark.parametrize("kind", ["jira"])
def test_a_store_that_is_busy_for_long_ends_nothing(desk, there, kind, known):
    """Repeats: whoever tidies up the store beside it ends the sync for good."""
    with desk.follow():
        time.sleep(0.5)
        with contextlib.closing(sqlite3.connect(desk.store, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            there.says(known, "restart the printer")
            # The feed is looked at within five seconds, and the store is waited for for as long.
            time.sleep(11)
            database.execute("ROLLBACK")
        until(lambda: desk.said(there.here(known), "restart the printer"))


# Lost updates


@ALL
def test_an_agent_and_the_robot_do_not_undo_each_other(desk, there, kind, known):
    """Lost updates: the last writer wins between an agent and the robot."""
    here = there.here(known)
    # Between our last reading and our write the agent has changed another field and the same one.
    desk.act(here, "--set", "version=9.9", "--set", "status=waiting")
    there.version(known, "4.2")
    report = desk.sync()[kind]
    assert (report["overruled"], report["sent"], report["refused"]) == (1, 1, 0)
    assert there.version_of(known) == "4.2" == desk.values(here)["version"]
    assert there.state(known)["status"] == WORDS[kind]["waiting"]
    assert desk.values(here)["status"] == "waiting"


@WITH_TAGS
def test_tags_that_are_set_meanwhile_stay(desk, there, kind, known):
    """Lost updates: a part of the write goes by a call that bypasses the guard, and sets all tags anew."""
    there.tags(known, "slow", "printer")
    desk.sync()
    here = there.here(known)
    desk.act(here, "--tag", "crash", "--untag", "slow", "--set", "version=5")
    there.tags(known, "slow", "printer", "office")
    desk.sync()
    assert set(there.state(known)["tags"]) == {"printer", "office", "crash"} == desk.values(here)["#"]
    assert there.version_of(known) == "5"


# Cursor


@ALL
def test_what_changes_in_the_second_of_the_last_reading_comes(desk, there, kind):
    """Cursor: records in the same second as the watermark are lost by a strict comparison."""
    ids = []
    for number in range(2):
        # Up to the beginning of a second, so that what follows the reading is still within it.
        time.sleep(1 - time.time() % 1)
        ids += [there.opened(subject=f"before {number}")]
        desk.sync()
        there.says(ids[-1], f"within the second {number}")
        ids += [there.opened(subject=f"after {number}")]
    time.sleep(1.1)
    desk.sync()
    assert desk.tickets() == {there.here(id) for id in ids}
    for number, id in enumerate(ids[::2]):
        assert len(desk.said(there.here(id), f"within the second {number}")) == 1


@ALL
def test_a_beginning_in_the_future_hides_nothing(desk, there, kind):
    """Cursor: `since` is set into the future."""
    tomorrow = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    desk.run("sync", "run", "--systems", desk.file, "--seconds", 20, "--from", tomorrow, code=None)
    id = there.opened(subject="opened today")
    desk.sync()
    assert desk.tickets() == {there.here(id)}


# The export of Zendesk goes by a cursor of its own making, which no client can set back.
@pytest.mark.parametrize("kind", ["servicenow", "jira"])
def test_a_time_in_the_future_hides_nothing(desk, there, kind):
    """Cursor: `since` is set into the future by one record with a time that has not come yet."""
    there.mock.set(clockOffsetSeconds=3600)
    ahead = there.opened(subject="ahead of time")
    desk.sync()
    # The clock of the system is put right.
    there.mock.set(clockOffsetSeconds=0)
    for number in range(2):
        there.opened(subject=f"later {number}")
        desk.sync()
    assert len(desk.tickets()) == 3 and there.here(ahead) in desk.tickets()


@ALL
def test_pages_full_of_one_second_come_to_an_end(desk, there, kind):
    """Cursor: endless loop when a page is full of one time; and only the first fifty rows are read."""
    count = 230
    there.mock.control("POST", "seed", {"system": kind, "tickets": count, "comments": [0, 0], "seed": 1, "days": 0})
    # What was read within its second is read once more.
    time.sleep(2.1)
    assert desk.sync()[kind]["ticketsNew"] == count == len(desk.tickets())
    before = there.requests()
    desk.sync()
    assert there.requests() - before < count


@ALL
def test_more_comments_than_a_page_holds_come(desk, there, kind):
    """Cursor: only the first fifty rows are read."""
    id = there.opened()
    for number in range(120):
        there.says(id, f"step {number} of the way")
    desk.sync()
    told = [entry["text"] for entry in desk.said(there.here(id), " of the way")]
    steps = [f"step {number} of the way" for number in range(120)]
    # The journal of ServiceNow does not say what came first within a second.
    assert sorted(told) == sorted(steps) if kind == "servicenow" else told == steps


@ALL
def test_what_a_rule_changes_without_moving_the_clock_comes(desk, there, kind):
    """Cursor: the wrong clock misses changes by automation, so that stale tickets stay here."""
    there.mock.set(clockOffsetSeconds=-3 * 86_400)
    known = there.opened()
    desk.sync()
    here = there.here(known)
    # Long after the last reading, so that no overlap brings it by chance.
    there.mock.wait(86_400)
    there.opened(subject="another one")
    desk.sync()
    word = WORDS[kind]["solved"]
    there.automation(known, **{"state" if kind == "servicenow" else "status": word})
    there.mock.wait(86_400)
    there.opened(subject="a third one")
    # What stands in no feed is found when all open tickets are looked at, as is done every day.
    desk.sync(*(["--reconcile"] if kind == "servicenow" else []))
    assert desk.values(here)["status"] == "solved" and not desk.is_open(here)


# ServiceNow has no index that lags behind.
@pytest.mark.parametrize("kind", ["zendesk", "jira"])
def test_a_change_that_the_index_shows_late_comes(desk, there, kind, known):
    """Cursor: the index misses a change at first, and the watermark has passed it when it shows."""
    here = there.here(known)
    there.mock.set(**{"zendesk": {"exportDelaySeconds": 2}, "jira": {"indexLagSeconds": 2}}[kind])
    there.says(known, "restart the printer")
    desk.sync()
    time.sleep(2.2)
    there.opened(subject="another one")
    time.sleep(2.2)
    desk.sync()
    assert len(desk.said(here, "restart the printer")) == 1 and len(desk.tickets()) == 2


@ALL
def test_a_reading_from_before_our_write_does_not_undo_it(desk, there, kind, known):
    """Cursor: a read after a write does not show the write, and brings the old value back."""
    here = there.here(known)
    there.mock.set(exportDelaySeconds=3, indexLagSeconds=3)
    desk.act(here, "--set", "version=9.9")
    desk.sync()
    for _ in range(2):
        desk.sync()
        assert desk.values(here)["version"] == "9.9"
    time.sleep(3.1)
    desk.sync()
    assert desk.values(here)["version"] == "9.9" == there.version_of(known)


@ALL
def test_the_zone_of_the_account_moves_nothing(desk, there, kind):
    """Cursor: the zone of the account shifts the window, and the times."""
    for zone in ("America/Los_Angeles", "Pacific/Auckland"):
        there.mock.set(timeZones={"casebook@example.com": zone})
        id = there.opened(subject=f"opened under {zone}")
        there.says(id, "restart the printer")
        desk.sync()
        opened, = desk.history(there.here(id), "opened")
        told, = desk.said(there.here(id), "restart the printer")
        assert opened["time"][:19] == there.state(id)["createdAt"][:19]
        assert told["time"][:19] == there.comments(id, "restart the printer")[0]["createdAt"][:19]


# Status


@ALL
def test_a_ticket_that_is_opened_again_is_open_here(desk, there, kind, known):
    """Status: a source that is opened again is not synced, as the watermark had passed it."""
    here = there.here(known)
    there.moves(known, WORDS[kind]["solved"])
    desk.sync()
    assert not desk.is_open(here)
    there.mock.wait(86_400)
    if kind == "jira":
        there.moves(known, "Waiting for support")
    else:
        there.mailed("it is broken again", ticket=known)
    desk.sync()
    assert desk.is_open(here) and desk.values(here)["status"] == "open"
    assert [entry["kind"] for entry in desk.history(here) if entry["kind"] in ("resolved", "reopened")]


@ALL
def test_closed_is_not_solved(desk, there, kind, known):
    """Status: closed and solved differ."""
    here = there.here(known)
    there.moves(known, WORDS[kind]["solved"])
    desk.sync()
    assert desk.values(here)["status"] == "solved"
    if kind == "zendesk":
        there.automation(known, status="closed")
    else:
        there.moves(known, {"servicenow": "7", "jira": "Closed"}[kind])
    desk.sync()
    assert desk.values(here)["status"] == "closed" and not desk.is_open(here)


@ALL
def test_thanks_after_the_end_goes_on_with_the_ticket(desk, there, kind, known):
    """Status: "thanks" after the end makes a ticket that nobody can place."""
    here = there.here(known)
    there.moves(known, WORDS[kind]["solved"])
    if kind == "zendesk":
        there.automation(known, status="closed")
    desk.sync()
    other = there.mailed("thanks", ticket=known)
    desk.sync()
    if kind == "zendesk":
        # The system itself goes on in a follow-up, which names the ticket that it follows.
        opened, = desk.history(there.here(other), "opened")
        assert len(desk.tickets()) == 2 and opened["text"] == "thanks" and not desk.said(there.here(other), "thanks")
        linked, = desk.history(there.here(other), "follows")
        assert linked["ticket"] == here and desk.history(here, "followedBy")
    else:
        assert desk.tickets() == {here} and len(desk.said(here, "thanks")) == 1


# Merge and delete


@pytest.mark.parametrize("kind", ["zendesk"])
def test_what_waits_for_a_merged_ticket_goes_to_the_one_it_lives_on_in(desk, there, kind, known):
    """Merge: references keep pointing at the source, and the twin is cut off."""
    there.mock.set(jobSeconds=0)
    target = there.opened(subject="the same again")
    desk.sync()
    here = there.here(known)
    there.merges(known, target)
    until(lambda: there.state(known)["mergedInto"] == target)
    desk.act(here, "--note", "seen before", "--set", "version=5", "--tag", "twin")
    report = desk.sync()[kind]
    assert (report["sent"], report["refused"], report["left"]) == (3, 0, 0)
    assert len(there.comments(target, "seen before")) == 1 and not there.comments(known, "seen before")
    assert not desk.is_open(here) and desk.is_open(there.here(target))


@pytest.mark.parametrize("kind", ["zendesk"])
def test_a_message_that_arrived_before_its_ticket_was_merged_is_not_said_again(desk, there, kind, known):
    """Merge: what was under way when the ticket was merged is sent to the other one a second time."""
    there.mock.set(jobSeconds=0)
    target = there.opened(subject="the same again")
    desk.sync()
    desk.act(there.here(known), "--reply", "please try once more")
    there.mock.faults(next=["timeoutAfterWrite"], timeoutSeconds=1)
    with desk.follow() as process:
        until(lambda: there.comments(known, "please try once more"))
        process.kill()
    assert desk.outbox("sending") == ["sending"]
    there.merges(known, target)
    until(lambda: there.state(known)["mergedInto"] == target)
    assert desk.sync()[kind]["left"] == 0
    assert desk.outbox() == ["done"]
    assert len(there.comments(known, "please try once more")) == 1 and not there.comments(target, "please try once more")


@ALL
def test_a_deleted_ticket_is_over_here_and_what_waits_is_told(desk, there, kind, known):
    """Delete: a deleted ticket leaves a link that goes nowhere."""
    here = there.here(known)
    there.deletes(known)
    desk.act(here, "--note", "seen before", "--set", "version=5")
    report = desk.sync(code=65)[kind]
    assert (report["refused"], report["left"]) == (2, 0)
    assert {entry["ticket"] for entry in desk.refused()} == {here}
    assert all("deleted" in entry["reason"] for entry in desk.refused())
    assert not desk.is_open(here)
    before = there.requests()
    assert desk.sync()[kind]["refused"] == 0
    assert there.requests() - before <= 4


@ALL
def test_a_deleted_ticket_keeps_what_was_known_of_it(desk, there, kind, known):
    """Delete: what is gone looks as if somebody had emptied all its fields."""
    there.version(known, "2.1")
    desk.sync()
    here = there.here(known)
    before = desk.history(here, "changed")
    assert before
    there.deletes(known)
    desk.sync("--reconcile")
    assert not desk.is_open(here)
    assert desk.history(here, "changed") == before


@pytest.mark.parametrize("kind", ["jira"])
def test_what_a_call_names_outside_the_project_is_not_taken_in(desk, there, kind, known):
    """Isolation: a web hook of the whole site brings in tickets of others."""
    foreign = issue(there.mock, "agent", project="ENG", kind="Bug", summary="their salaries")["id"]
    with desk.follow() as process:
        time.sleep(0.5)
        assert process.call(kind, *signed(kind, foreign, "delivery-1")) == 200
        there.says(known, "restart the printer")
        assert process.call(kind, *signed(kind, known, "delivery-2")) == 200
        until(lambda: desk.said(there.here(known), "restart the printer"))
    assert there.here(foreign) not in desk.tickets()


@ALL
def test_one_ticket_that_is_gone_does_not_stop_the_others(desk, there, kind):
    """Delete, merge: one deleted or merged ticket stops the whole import."""
    there.mock.set(jobSeconds=0)
    first, gone, source, last = (there.opened(subject=f"number {n}") for n in range(4))
    desk.sync()
    there.deletes(gone)
    if kind == "zendesk":
        there.merges(source, first)
    for id in (first, last):
        there.says(id, "restart the printer")
    there.opened(subject="one more")
    report = desk.sync()[kind]
    assert report.get("stoppedBy") is None and report["ticketsNew"] == 1
    for id in (first, last):
        assert len(desk.said(there.here(id), "restart the printer")) == 1


# Files and history


@ALL
def test_files_are_named_in_the_history(desk, there, kind, known):
    """Files: pictures are skipped without a word."""
    there.attaches(known, "broken-page.png", b"x" * 1234)
    desk.sync()
    told, = desk.said(there.here(known), "broken-page.png")
    assert "image/png" in told["text"] and "1234" in told["text"]


@pytest.mark.parametrize("kind", ["zendesk"])
@pytest.mark.parametrize("is_known", [True, False])
def test_pictures_within_the_text_are_named_in_the_history(desk, there, kind, is_known):
    """Files: pictures are skipped without a word; Zendesk leaves them out of its lists unless it is asked for them."""
    id = there.opened()
    if is_known:
        desk.sync()
    sent = {"Content-Type": "image/png"}
    upload = there.mock.call("POST", "/api/v2/uploads?filename=broken-page.png", b"x" * 1234, user="agent", headers=sent)
    picture = upload.json["upload"]["attachment"]["content_url"]
    there.mock.wait(10)
    there.mock.ok("PUT", f"/api/v2/tickets/{id}", {"ticket": {"comment": {"html_body": f'<p>Look</p><img src="{picture}">'}}}, user="agent")
    assert not there.mock.ok("GET", f"/api/v2/tickets/{id}/audits", user="agent")["audits"][-1]["events"][0]["attachments"]
    desk.sync()
    told, = desk.said(there.here(id), "broken-page.png")
    assert "Look" in told["text"] and "image/png" in told["text"] and "1234" in told["text"]


@ALL
def test_an_answer_of_503_is_asked_for_again(desk, there, kind, known):
    """Files and comments: no second try on 503."""
    there.says(known, "restart the printer")
    there.mock.faults(next=[{"fault": "503", "path": READS[kind]}], retryAfter=["none"])
    report = desk.sync()[kind]
    assert report["messagesIn"] == 1 and any("503" in fault for fault in report["faults"])
    assert there.mock.control("GET", "faults")["counts"] == {"503": 1}


@ALL
def test_a_log_in_page_is_taken_for_nothing_else(desk, there, kind, known):
    """Files and comments: a log-in page in HTML is saved as if it were what was asked for."""
    there.says(known, "restart the printer")
    there.mock.faults(next=[{"fault": "login", "path": READS[kind]}])
    report = desk.sync()[kind]
    assert any("credentials may have expired" in fault or "credentials have expired" in fault for fault in report["faults"])
    assert report["messagesIn"] == 1 == len(desk.said(there.here(known), "restart the printer"))
    assert b"<html" not in desk.bytes()


@ALL
def test_comments_keep_their_dates_and_both_sides_speak(desk, there, kind):
    """History: the dates of comments are lost, and the replies of agents are missing."""
    id = there.mailed("it stops at once", subject="upload fails")
    for number in range(4):
        there.mock.wait(86_400)
        if number % 2:
            there.says(id, f"answer {number} of the desk")
        else:
            there.mailed(f"question {number} of the customer", ticket=id)
    there.mock.wait(86_400)
    desk.sync()
    here = there.here(id)
    for number in range(4):
        text = f"answer {number} of the desk" if number % 2 else f"question {number} of the customer"
        told, = desk.said(here, text)
        original, = there.comments(id, text)
        assert told["time"][:19] == original["createdAt"][:19]
        assert told["side"] == ("agent" if number % 2 else "customer")
    days = {datetime.fromisoformat(entry["time"]).date() for entry in desk.said(here, " of the ")}
    assert len(days) == 4 and max(days) - min(days) == timedelta(days=3)


# Limits


@pytest.mark.parametrize("kind, told", [
    ("zendesk", "9"), ("zendesk", "0"), *((kind, told) for kind in ("servicenow", "jira") for told in ("2", "0", "date", "none"))])
def test_a_wait_is_at_least_what_was_asked_for(desk, there, kind, known, told):
    """Limits: `Retry-After` is taken as a maximum, 0 as never, and after the wait comes a crash."""
    there.says(known, "restart the printer")
    there.mock.faults(next=[{"fault": "429", "path": READS[kind]}], retryAfter=[told])
    begin = time.monotonic()
    report = desk.sync()[kind]
    took = time.monotonic() - begin
    assert report["messagesIn"] == 1 == len(desk.said(there.here(known), "restart the printer"))
    least = float(told) if told.isdigit() else 0
    # The exports of Zendesk may be asked ten times a minute, and so for the second time after six seconds.
    assert least <= took < least + (8 if kind == "zendesk" else 3)


@pytest.mark.parametrize("kind", ["zendesk"])
def test_nothing_is_asked_for_all_the_time(desk, there, kind, known):
    """Limits: they are ignored by a reader that asks for news without a pause."""
    # What was read within its second is read once more.
    time.sleep(2)
    desk.sync()
    with desk.follow():
        time.sleep(1)
        before = there.requests()
        time.sleep(3.5)
        # The least interval of a feed is five seconds; a look takes two requests at most.
        assert there.requests() - before <= 2


@pytest.mark.parametrize("kind", ["zendesk", "servicenow"])
def test_limits_are_kept(desk, there, kind):
    """Limits: they are ignored, and most requests are refused."""
    limits = {"zendesk": {"perMinute": 700}, "servicenow": {"perHour": 100}}
    there.mock.set(rateLimits={kind: limits[kind]})
    there.mock.control("POST", "seed", {"system": kind, "tickets": 60, "comments": [0, 1], "seed": 2, "days": 30})
    assert desk.sync()[kind]["ticketsNew"] == 60
    assert there.mock.control("GET", "requests")["refused"].get(kind, 0) == 0


@ALL
def test_a_refusal_in_plain_text_is_understood(desk, there, kind):
    """Limits: 429 with a body of text breaks the parser of JSON."""
    ids = [there.opened(subject=f"number {number}") for number in range(8)]
    desk.sync()
    for id in ids:
        desk.act(there.here(id), "--note", "seen before")
    method, path = WRITES[kind]
    # Where the system does that, some of these come as plain text.
    there.mock.faults(next=[{"fault": "429", "method": method, "path": path}] * 8, retryAfter=["0"], seed=5)
    report = desk.sync()[kind]
    assert (report["sent"], report["left"]) == (8, 0) and any("too many requests" in fault for fault in report["faults"])
    assert [len(there.comments(id, "seen before")) for id in ids] == [1] * 8


# Vendor change


GONE = {"zendesk": "/api/v2/incremental", "servicenow": "/api/now/v2/table/incident", "jira": "/rest/api/3/search"}


@ALL
def test_an_address_that_is_gone_is_told_and_not_asked_again(desk, there, kind, known):
    """Vendor change: an address answers 410; the operator is told, and it is not asked for ever."""
    there.mock.set(gone=[GONE[kind]])
    before = there.requests()
    done = desk.run("sync", "run", "--systems", desk.file, "--seconds", 60, code=77)
    assert "no longer offers this" in done.stderr and kind in done.stderr
    assert there.requests() - before <= 4
    there.mock.set(gone=[])
    there.says(known, "restart the printer")
    assert desk.sync()[kind]["messagesIn"] == 1


@ALL
def test_replies_and_internal_notes_go_both_ways(desk, there, kind, known):
    """Vendor change: only one of comments and work notes is carried over."""
    here = there.here(known)
    there.says(known, "restart the printer")
    there.says(known, "ask the second line", public=False)
    desk.act(here, "--reply", "please try once more", "--note", "seen before")
    desk.sync()
    for text, is_public in (("restart the printer", True), ("ask the second line", False),
                            ("please try once more", True), ("seen before", False)):
        comment, = there.comments(known, text)
        told, = desk.said(here, text)
        assert comment["public"] is told["public"] is is_public
