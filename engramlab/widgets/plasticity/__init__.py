"""The widgets of plasticity: lessons 01 (rates), 02 (spike timing), 03 (tagging and capture)."""

from collections.abc import Callable

from engramlab.widgets._panel import Exhibit

EXHIBITS: dict[str, Callable[[], Exhibit]] = {}
