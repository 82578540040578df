"""Conducts a small post-mortem through the official Python client of the Model Context Protocol.

The client itself holds every structured answer to the schema that was announced for it.
"""

import asyncio
import json
import os
import sys

from jsonschema import Draft202012Validator
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

PROGRAM, REPO = sys.argv[1:3]


def plain(result):
    return result.model_dump(mode="json", by_alias=True)


async def talk(session):
    hello = plain(await session.initialize())
    assert hello["serverInfo"]["name"] == "git-postmortem", hello
    assert "blame" in hello["instructions"], hello
    tools = plain(await session.list_tools())["tools"]
    for tool in tools:
        Draft202012Validator.check_schema(tool["inputSchema"])
        Draft202012Validator.check_schema(tool["outputSchema"])
        assert tool["description"], tool

    async def call(name, /, **arguments):
        schema = next(tool["inputSchema"] for tool in tools if tool["name"] == name)
        Draft202012Validator(schema).validate(arguments)
        return plain(await session.call_tool(name, arguments))

    async def rows(name, plural, /, **arguments):
        answer = await call(name, **arguments)
        assert not answer["isError"], answer
        assert json.loads(answer["content"][0]["text"]) == answer["structuredContent"]
        return answer["structuredContent"][plural]

    (begun,) = await rows(
        "new", "postmortems", title="Queue stuck", severity="SEV-2", start="2026-11-22T09:00Z", end="2026-11-22T09:40Z"
    )
    draft = begun["id"]
    await rows("note", "edits", id=draft, text="the alert fires", at="2026-11-22T09:10Z", kind="detected")
    await rows("edit_section", "edits", id=draft, section="Summary", text="Jobs waited. They were done later.")
    await rows("edit_fields", "edits", id=draft, fields={"reviewers": ["@ana", "@bo"]})
    await rows("actions_add", "changes", id=draft, text="Alert on waiting jobs", owner="@ops", due="2026-12-04")
    (document,) = await rows("show", "documents", id=draft)
    assert document["reviewers"] == ["@ana", "@bo"], document
    assert "Jobs waited." in document["text"]
    found = await rows("lint", "findings", documents=[draft])
    assert all(finding["postmortem"] == draft for finding in found) and found
    # Side by side, and one of them wrong.
    several = await asyncio.gather(
        call("list"), call("actions", drafts=True), call("context", subject="HEAD"), call("show", id="nothing")
    )
    assert [answer["isError"] for answer in several] == [False, False, False, True], several
    assert several[3]["content"][0]["text"].startswith("error: no post-mortem matches 'nothing'\nhint: "), several[3]
    await rows("timeline", "events", id=draft, git=True)
    await rows("candidates", "candidates")
    print(len(tools), "tools;", draft)


async def main():
    server = StdioServerParameters(command=PROGRAM, args=["mcp"], cwd=REPO, env=dict(os.environ))
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await talk(session)


asyncio.run(asyncio.wait_for(main(), 120))
