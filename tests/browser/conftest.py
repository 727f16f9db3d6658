"""How a browser is started: the system's Chromium, which also runs as root in a container."""

import shutil
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    return {
        **browser_type_launch_args,
        "executable_path": found[0] if found else None,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }
