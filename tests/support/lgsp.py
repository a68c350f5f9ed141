"""A small integration platform: a real HTTP server that can be slow, wrong, busy or down, as the real ones are.

By hand: `python -m tests.support.lgsp 9100`, then serve with SMARTHD_LGSP_URL=http://127.0.0.1:9100/api,
SMARTHD_LGSP_TOKEN_URL=http://127.0.0.1:9100/token, SMARTHD_LGSP_CLIENT_ID=smarthd, SMARTHD_LGSP_CLIENT_SECRET=secret.
"""

import base64
import json
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from tests.support.server import free_port

CLIENT, SECRET = "smarthd", "secret"
CODE = "H23.900-20261110-0000007"
HUGE = 3_000_000


class Trouble(StrEnum):
    """What can be the matter with it."""

    NONE = "none"
    SLOW = "slow"
    WAITING = "waiting"
    DRIPPING = "dripping"
    ERROR = "error"
    BUSY = "busy"
    NOT_JSON = "not_json"
    WRONG_FIELDS = "wrong_fields"
    OTHER_DOSSIER = "other_dossier"
    HUGE = "huge"
    PACKED = "packed"
    ELSEWHERE = "elsewhere"


def record(code: str = CODE, **changes: Any) -> dict[str, Any]:
    """Return what the platform knows of a dossier, under the names of the national portal."""
    return {
        "MaHoSo": code,
        "MaTTHC": "1.001193",
        "TenTTHC": "Thủ tục đăng ký khai sinh",
        "ChuHoSo": "Trần Thị Bảy",
        "SoDienThoai": "0912004321",
        "DonViXuLy": "UBND phường Hải Dương",
        "TrangThaiHoSo": "4",
        "NgayTiepNhan": "20261110081500",
        "NgayHenTra": "20991231",
        "NguoiXuLy": "Lê Văn Chín",
        "TienDo": [
            {"ThoiDiemXuLy": "20261110081500", "TrangThai": "2", "NoiDungXuLy": "Lê Văn Chín tiếp nhận"},
            {"ThoiDiemXuLy": "20261111090000", "TrangThai": "4", "NoiDungXuLy": "Đang thẩm định"},
        ],
        **changes,
    }


class Platform:
    """The platform. Use it in a `with` block; `stop` and `start` leave its address as it is."""

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.records = {CODE: record()}
        self.trouble = Trouble.NONE
        self.seconds, self.retry_after = 1.0, "1"
        self.go = threading.Event()
        self.trouble_left: int | None = None
        self.asked: list[str] = []
        self.tokens_given = 0
        self.token_seconds: Any = 300
        self.takes_client = True
        self.tokens: set[str] = set()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Return the settings of who asks here, patient as a machine with much else to do must be."""
        here = f"http://127.0.0.1:{self.port}"
        return {
            "lgsp_url": f"{here}/api",
            "lgsp_token_url": f"{here}/token",
            "lgsp_client_id": CLIENT,
            "lgsp_client_secret": SECRET,
            "lgsp_connect_seconds": 5,
            "lgsp_read_seconds": 10,
            "lgsp_deadline_seconds": 20,
            "lgsp_fresh_seconds": 0,
            "lgsp_attempts": 2,
            **changes,
        }

    def start(self) -> None:
        """Begin to answer."""
        self._server = _Server(("127.0.0.1", self.port), type("Handler", (_Handler,), {"platform": self}))
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections, and drop those that are open."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def forget_tokens(self) -> None:
        """Let no token that was given hold any more."""
        self.tokens.clear()

    def trouble_now(self) -> Trouble:
        """Return what is the matter with this answer."""
        with self.lock:
            if self.trouble_left is None:
                return self.trouble
            self.trouble_left -= 1
            return self.trouble if self.trouble_left >= 0 else Trouble.NONE


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of who hung up."""


class _Handler(BaseHTTPRequestHandler):
    platform: Platform
    # One answer a connection: a stopped platform is gone at once.
    protocol_version = "HTTP/1.0"

    def log_message(self, format: str, *args: Any) -> None:
        """Be quiet."""

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers.get("content-length", "0"))).decode())
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = self.headers.get("authorization") == expected and self.platform.takes_client
        if self.path != "/token" or body.get("grant_type") != ["client_credentials"] or not known:
            self._send(401, {"error": "invalid_client"})
            return
        token = secrets.token_urlsafe(16)
        self.platform.tokens_given += 1
        self.platform.tokens.add(token)
        self._send(200, {"access_token": token, "token_type": "Bearer", "expires_in": self.platform.token_seconds})

    def do_GET(self) -> None:
        code = unquote(self.path.rpartition("/")[2])
        if self.headers.get("authorization", "").removeprefix("Bearer ") not in self.platform.tokens:
            self._send(401, {"error": "invalid_token"})
            return
        with self.platform.lock:
            self.platform.asked.append(code)
            self.platform.at_once += 1
            self.platform.most_at_once = max(self.platform.most_at_once, self.platform.at_once)
        try:
            self._answer(code, self.platform.trouble_now())
        finally:
            with self.platform.lock:
                self.platform.at_once -= 1

    def _answer(self, code: str, trouble: Trouble) -> None:
        found = self.platform.records.get(code)
        if trouble is Trouble.SLOW:
            time.sleep(self.platform.seconds)
        if trouble is Trouble.WAITING:
            self.platform.go.wait(30)
        if trouble is Trouble.ERROR:
            self._send(500, {"error": "java.lang.NullPointerException"})
        elif trouble is Trouble.BUSY:
            self._send(429, {"error": "slow down"}, {"Retry-After": self.platform.retry_after})
        elif trouble is Trouble.ELSEWHERE:
            self._send(302, {}, {"Location": "http://127.0.0.1:1/elsewhere"})
        elif trouble in {Trouble.NOT_JSON, Trouble.HUGE, Trouble.PACKED, Trouble.DRIPPING}:
            self._rubbish(trouble)
        elif found is None:
            self._send(404, {"error": "not found"})
        elif trouble is Trouble.WRONG_FIELDS:
            self._send(200, {**found, "TrangThaiHoSo": "11", "ChuHoSo": ["Trần Thị Bảy"]})
        elif trouble is Trouble.OTHER_DOSSIER:
            self._send(200, {**found, "MaHoSo": code[:-1] + ("0" if code[-1] != "0" else "1")})
        else:
            self._send(200, found)

    def _rubbish(self, trouble: Trouble) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        if trouble is Trouble.PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if trouble is Trouble.NOT_JSON:
            self.wfile.write(b"<html>\xff Gateway maintenance")
        for _ in range(HUGE // 1000 if trouble is Trouble.HUGE else 0):
            self.wfile.write(b"[" * 1000)
        for _ in range(20 if trouble is Trouble.DRIPPING else 0):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.2)

    def _send(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(said)


@contextmanager
def platform() -> Iterator[Platform]:
    """A platform that answers."""
    found = Platform()
    found.start()
    try:
        yield found
    finally:
        found.stop()


if __name__ == "__main__":
    by_hand = Platform(int(sys.argv[1]))
    by_hand.start()
    threading.Event().wait()
