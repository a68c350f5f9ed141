"""Where the client finds its backend; read once from the environment, never from a module-level variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_API_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class ClientSettings:
    """What differs between installations.

    `api_url` is how this process reaches the backend. `public_url` is how the *person's* browser or device reaches it;
    empty on the web means the address that the page itself was opened at. `client_secret` lets a web process pass on
    the citizen's own address, so that rate limits count people and not the web server.
    """

    api_url: str = DEFAULT_API_URL
    public_url: str = ""
    client_secret: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "ClientSettings":
        """Read `SMARTHD_API_URL`, `SMARTHD_PUBLIC_URL` and `SMARTHD_CLIENT_SECRET`."""
        return cls(
            api_url=environ.get("SMARTHD_API_URL", DEFAULT_API_URL).rstrip("/"),
            public_url=environ.get("SMARTHD_PUBLIC_URL", "").rstrip("/"),
            client_secret=environ.get("SMARTHD_CLIENT_SECRET", ""),
        )
