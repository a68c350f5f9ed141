"""A real Chromium. Flutter draws on a canvas, so a test finds by role and name what a screen reader is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    FloatRect,
    Locator,
    Page,
    TimeoutError,
    sync_playwright,
)

from tests.support import needs
from tests.support.people import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = (412, 860)
TABLET = (820, 1180)
DESKTOP = (1440, 900)
# The first paint of a cold start takes some seconds on a small machine.
PATIENCE_MS = 45_000

Name = str | re.Pattern[str]
Role = Literal["button", "checkbox", "dialog", "heading", "img", "link", "radio", "switch", "tab", "textbox"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or what else is on the PATH."""
    path = needs.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One person at one device: a browser context of her own, and the page that she looks at."""

    def __init__(self, browser: Browser, url: str, size: tuple[int, int] = PHONE, **context: Any) -> None:
        self.url, self._size = url, size
        width, height = size
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **context
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.console: list[str] = []
        self.page.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))

    def close(self) -> None:
        """Leave, and forget everything."""
        self.context.close()

    def open(self, path: str = "/") -> None:
        """Go to a screen by its address and wait until it can be read out."""
        self.page.goto(self.url + path)
        self.listen()

    def reload(self) -> None:
        """Load the screen again, as a person does who does not trust it."""
        self.page.reload()
        self.listen()

    def listen(self) -> None:
        """Switch Flutter's accessibility tree on, as a screen reader does."""
        placeholder = self.page.locator("flt-semantics-placeholder")
        placeholder.wait_for(state="attached")
        placeholder.evaluate("e => e.click()")
        self.page.locator("flt-semantics").first.wait_for(state="attached")
        self._rest()

    def _rest(self) -> None:
        """Wait until the screen is drawn: a control that is drawn anew between press and release feels no tap."""
        before, still = "", 0
        for _ in range(40):
            now = self.page.evaluate("document.querySelector('flt-semantics-host')?.innerHTML ?? ''")
            still = still + 1 if now == before else 0
            if still == 2:
                return
            before = now
            self.page.wait_for_timeout(120)

    def find(self, role: Role, name: Name) -> Locator:
        """Find a control by what a screen reader says of it."""
        return self.page.get_by_role(role, name=name).first

    def reach(self, role: Role, name: Name) -> Locator:
        """Scroll down until a control rests on the screen: what is far below is not read out yet."""
        width, height = self._size
        control, before = self.find(role, name), None
        for _ in range(60):
            box = _place(control)
            if box and box["y"] >= 0 and box["y"] + box["height"] / 2 < height:
                if box == before:
                    break
                self.page.wait_for_timeout(100)
            else:
                # At the edge: in the middle a map would take the wheel for itself.
                self.page.mouse.move(width - 6, height / 2)
                self.page.mouse.wheel(0, 300)
                self.page.wait_for_timeout(250)
            before = box
        return control

    def press_below(self, role: Role, name: Name) -> None:
        """Scroll down to a control and press it; when the screen grows meanwhile and pushes it away, go after it."""
        for _ in range(4):
            control = self.reach(role, name)
            with suppress(TimeoutError):
                control.click(timeout=PATIENCE_MS / 4)
                return
        raise AssertionError(f"{name} cannot be pressed")

    def press(self, role: Role, name: Name) -> None:
        """Press a control once it is there."""
        control = self.find(role, name)
        control.wait_for()
        control.click()

    def write(self, name: Name, text: str) -> None:
        """Type into a field; what stood there goes. A field that was not ready for the keys is written again."""
        field = self.find("textbox", name)
        field.wait_for()
        for _ in range(5):
            with suppress(TimeoutError):
                # Chromium sometimes swallows a tap on a page that is still being drawn; people tap again.
                field.click(timeout=10_000)
            self.page.wait_for_timeout(150)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
            self.page.wait_for_timeout(150)
            held = None
            with suppress(TimeoutError):
                held = field.input_value(timeout=10_000)
            if held == text:
                return
        raise AssertionError(f"{name} holds {held!r}")

    def see(self, text: Name, timeout: float = PATIENCE_MS) -> Locator:
        """Wait until this is said somewhere on the screen."""
        said = self.page.get_by_text(text).or_(self.page.get_by_label(text)).first
        said.wait_for(state="attached", timeout=timeout)
        return said

    def sign_in(self, phone: str, password: str = PASSWORD) -> None:
        """Sign in at the screen, as a person does."""
        self.open("/sign-in")
        self.write(re.compile("Số điện thoại"), phone)
        self.write(re.compile("Mật khẩu"), password)
        for _ in range(4):
            self.press("button", "Đăng nhập")
            with suppress(TimeoutError):
                self.page.wait_for_url(lambda url: not url.endswith("/sign-in"), timeout=10_000)
                return
        raise AssertionError("signing in led nowhere")

    def choose_file(self, role: Role, name: Name, content: bytes, file_name: str = "anh.jpg") -> None:
        """Press what opens the file picker, and pick this file."""
        with self.page.expect_file_chooser() as chooser:
            self.press(role, name)
        chooser.value.set_files(FilePayload(name=file_name, mimeType="image/jpeg", buffer=content))

    def picture(self, path: Path) -> None:
        """Keep what the screen looks like."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)


def _place(control: Locator) -> FloatRect | None:
    """Return where a control is, None when it is not read out now: a page that still moves may take it away again."""
    with suppress(TimeoutError):
        return control.bounding_box(timeout=200)
    return None
