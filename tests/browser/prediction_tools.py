"""Answering a prediction with nothing but the keyboard."""

import time
from collections.abc import Callable

from browser_tools import Notebook
from playwright.sync_api import Locator


def pick(notebook: Notebook, group: Locator, index: int) -> None:
    """Choose one radio button of a group: into the group, then the arrows."""
    buttons = group.get_by_role("radio")
    buttons.first.focus()
    notebook.page.keyboard.press("Space")
    for step in range(1, index + 1):
        notebook.page.keyboard.press("ArrowDown")
        notebook.page.wait_for_function(
            "button => button.checked", arg=buttons.nth(step).element_handle()
        )
    assert buttons.nth(index).is_checked()


def lock_in(notebook: Notebook, out: Locator, *, choice: int, sure: int, number: str) -> None:
    """Answer every part of a prediction and lock it in."""
    groups = out.locator(".elab-radio")
    groups.first.wait_for()
    pick(notebook, groups.first, choice)
    if groups.count() == 3:  # a reason is asked for too
        pick(notebook, groups.nth(1), 0)
    pick(notebook, groups.last, sure)
    field = out.locator(".widget-text input")
    if field.count():
        field.focus()
        notebook.page.keyboard.type(number)
        notebook.page.keyboard.press("Tab")
    button = out.get_by_role("button", name="Lock in", exact=True)
    button.focus()
    notebook.page.keyboard.press("Enter")


def reveal(notebook: Notebook, out: Locator, *, more_than: int) -> Locator:
    """Wait for the picture that comes with the truth, and return it."""
    notebook.page.wait_for_function(
        "([out, count]) => out.querySelectorAll('img').length > count",
        arg=[out.element_handle(), more_than],
    )
    return out.locator("img").last


def wait_until(notebook: Notebook, condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait, with the page alive, until something outside the page is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, condition.__doc__
        notebook.page.wait_for_timeout(50)
