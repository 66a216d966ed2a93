"""One connection string as JSON on each line in, what asyncpg makes of it as JSON on each line out; the first line tells the versions."""
import inspect
import json
import ssl
import sys
import urllib.parse

import asyncpg
from asyncpg import connect_utils


def load_verify_locations(self, cafile=None, capath=None, cadata=None):
    # Every file exists here, but for the one that nobody has.
    if str(cafile) == "system":
        raise FileNotFoundError


ssl.SSLContext.load_verify_locations = load_verify_locations
ssl.SSLContext.load_cert_chain = lambda self, *rest, **named: None

parse = connect_utils._parse_connect_dsn_and_args
nothing = {name: None for name in inspect.signature(parse).parameters if name != "dsn"}


def read(text):
    try:
        addresses, parameters = parse(dsn=text, **nothing)
    except Exception:
        return None
    return {
        "hosts": [address if isinstance(address, str) else f"{address[0]}\n{address[1]}" for address in addresses],
        "user": parameters.user,
        "password": parameters.password,
        "database": parameters.database,
        "sslmode": parameters.sslmode.name.replace("_", "-"),
        "settings": parameters.server_settings or {},
    }


print(json.dumps({"version": asyncpg.__version__, "checksBrackets": hasattr(urllib.parse, "_check_bracketed_netloc")}))
for line in sys.stdin:
    print(json.dumps(read(json.loads(line))))
