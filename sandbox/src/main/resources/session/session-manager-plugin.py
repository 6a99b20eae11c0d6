#!/usr/bin/env python3
"""The sandbox's stand-in for AWS's session-manager-plugin: the arguments, the words and the signals are its own.

It begins where the real one opens a WebSocket to SSM: it asks the sandbox where the session leads to, and copies bytes
between its port and that database. The sandbox tells whether the session is still open; it ends when that ends.

Needs the standard library alone. https://github.com/aws/session-manager-plugin, ValidateInputAndStartSession
"""

import asyncio
import json
import os
import signal
import sys
import urllib.error
import urllib.request

SANDBOX = "@SANDBOX@"
VERSION = "1.2.707.0"
RESPONSE = "AWS_SSM_START_SESSION_RESPONSE"
LOOK_SECONDS = 1.0
ANSWER_SECONDS = 60  # the first session starts the database


def call(method, path):
    request = urllib.request.Request(SANDBOX + path, method=method, headers={"X-Sandbox-Plugin": VERSION})
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
        return answer.read().decode()


async def pump(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def forward(reader, writer, database):
    try:
        there, back = await asyncio.open_connection(*database)
    except OSError:
        print("\nConnection to destination port failed, check SSM Agent logs.", flush=True)
        writer.close()
        return
    await asyncio.gather(pump(reader, back), pump(there, writer))


async def still_open(path):
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await asyncio.to_thread(call, "GET", path)
        except (urllib.error.URLError, OSError):
            return


async def carry(session, request):
    path = "/sandbox/sessions/" + session
    port = int(request["Parameters"]["localPortNumber"][0])
    host = os.environ.get("SSM_PLUGIN_LOCAL_HOST", "localhost")
    query = "?instance=" + request["Target"] + "&port=" + str(port)
    database = (await asyncio.to_thread(call, "POST", path + query)).split()
    server = await asyncio.start_server(lambda r, w: forward(r, w, database), host, port)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    print(f"Port {server.sockets[0].getsockname()[1]} opened for sessionId {session}.", flush=True)
    print("Waiting for connections...", flush=True)
    ends = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(still_open(path))]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    print(f"\n\nExiting session with sessionId: {session}.\n", flush=True)
    try:
        await asyncio.to_thread(call, "DELETE", path)
    except (urllib.error.URLError, OSError):
        pass
    os._exit(0)  # as the real one: open connections are cut


def main(arguments):
    if arguments == ["--version"]:
        print(VERSION)
        return 0
    if len(arguments) != 6 or arguments[2] != "StartSession":
        print("\nUnknown operation. Use session-manager-plugin --version to check the version.\n")
        return 1
    given = os.environ.pop(RESPONSE, "") if arguments[0].startswith(RESPONSE) else arguments[0]
    session = json.loads(given)["SessionId"]
    print(f"\nStarting session with SessionId: {session}", flush=True)
    try:
        asyncio.run(carry(session, json.loads(arguments[4])))
    except urllib.error.HTTPError as refused:
        print("Cannot perform start session: " + refused.read().decode())
    except OSError as failure:
        print(f"Cannot perform start session: {failure}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
