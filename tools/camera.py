"""Photographs the sandbox's chat page, in Debian's Chromium, for docs/shots."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, Page, Playwright

from sandbox.phone import Phone, Wanted

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MOST_BYTES = 200_000


class Camera:
    """Photographs the open page into *folder*."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder

    async def shoot(self, phone: Phone, name: str, seen: Wanted) -> None:
        """Take the end of the chat once the bot has said *seen* and the page shows it last.

        Errors: SystemExit where the picture is too large.
        """
        said = await phone.wait_for(seen)
        await self.page.locator(f".entry:last-child[data-version='{said.version}']").wait_for()
        await self.page.locator(".waiting").wait_for(state="detached")
        await self.page.evaluate("document.fonts.ready")
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled", caret="hide")
        size = path.stat().st_size
        print(f"{path.parent.name}/{path.name}: {size // 1000} kB")  # noqa: T201 - what was made
        if size > MOST_BYTES:
            raise SystemExit(f"{path}: {size} bytes, more than {MOST_BYTES}")


async def browser(playwright: Playwright) -> Browser:
    """Start the browser."""
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))


async def camera(browser: Browser, url: str, phone: Phone, folder: Path, scale: float) -> Camera:
    """Open the chat of *phone* on a phone's screen. scale: pixels of the picture for one of the page."""
    page = await browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=scale)
    await page.goto(f"{url}/?person={phone.id}")
    return Camera(page, folder)
