"""What has to be in the environment before Django reads its settings; pytest loads it first (`-p` in pyproject.toml).

`RANTAU_TEST_DATABASE=postgresql` runs the suite on a PostgreSQL server of its own; without it, on SQLite in memory.
"""

import atexit
import contextlib
import os
import tempfile

from . import postgres

os.environ["RANTAU_MODE"] = "test"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # a browser's test and the ORM share one thread
_WORKER = "PYTEST_XDIST_WORKER" in os.environ  # workers inherit what the first process prepared
_until_exit = contextlib.ExitStack()

if not _WORKER:
    atexit.register(_until_exit.close)
    os.environ["RANTAU_VAR"] = _until_exit.enter_context(tempfile.TemporaryDirectory(prefix="rantau-"))
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("RANTAU_TEST_DATABASE") == "postgresql":
        os.environ["DATABASE_URL"] = _until_exit.enter_context(postgres.cluster())
