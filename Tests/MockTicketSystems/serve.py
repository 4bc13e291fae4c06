#!/usr/bin/env python3
"""Serves the mock ticket systems; README.md says what they do.

usage: serve.py [--port N] [--host 127.0.0.1] [--log FILE] [--until-eof]
Prints `listening on http://HOST:PORT` and serves until SIGTERM.
"""

import argparse
import asyncio
import gc
import os
import signal
import sys
import threading
from pathlib import Path

from confluence.system import Confluence
from jira.system import Jira
from server.connection import Connection
from server.recording import Recording
from server.world import World
from servicenow.system import ServiceNow
from zendesk.system import Zendesk

KINDS = {"zendesk": Zendesk, "servicenow": ServiceNow, "jira": Jira, "confluence": Confluence}


def wait_for_end_of_input(stop) -> None:
    # Below the buffer of sys.stdin, whose lock a thread may not hold when the interpreter ends.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop()


async def serve(arguments) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, ended.set)
    world = World(KINDS, Recording(arguments.log) if arguments.log else None)
    server = await loop.create_server(lambda: Connection(world.answer), arguments.host, arguments.port)
    print(f"listening on http://{arguments.host}:{server.sockets[0].getsockname()[1]}", flush=True)
    if arguments.until_eof:
        stop = lambda: loop.call_soon_threadsafe(ended.set)
        threading.Thread(target=wait_for_end_of_input, args=(stop,), daemon=True).start()
    await ended.wait()
    server.close()
    world.webhooks.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--log", type=Path)
    parser.add_argument("--until-eof", action="store_true")
    # Records live long and hold no cycles, so that looking for cycles among a hundred thousand of them is time lost.
    gc.set_threshold(100_000, 50, 1000)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
