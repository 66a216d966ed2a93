"""One connection string as JSON on each line in; on each line out whether asyncpg gets in, as JSON: "tls", "plain" or null."""
import asyncio
import json
import sys

import asyncpg


async def login(text):
    try:
        connection = await asyncpg.connect(text, timeout=20)
    except Exception:
        return None
    try:
        encrypted = await connection.fetchval("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return "tls" if encrypted else "plain"
    finally:
        await connection.close()


async def main():
    for line in sys.stdin:
        print(json.dumps(await login(json.loads(line))))


asyncio.run(main())
