"""What every test run shares: one BLAS thread, one hypothesis profile, and what could not run."""

import os
import shutil
import sys

# Before numpy is imported: two BLAS threads are 10-30 times slower on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")

import pytest
from hypothesis import settings

settings.register_profile("engramlab", deadline=None, derandomize=True)
settings.load_profile("engramlab")

TOOLS = {  # marker: (program, Debian package)
    "browser": ("chromium", "chromium"),
    "sandbox": ("bwrap", "bubblewrap"),
}
REQUIRED = set(filter(None, os.environ.get("ENGRAMLAB_REQUIRE", "").split(",")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a missing program, unless ENGRAMLAB_REQUIRE names it: then it fails."""
    for marker, (program, package) in TOOLS.items():
        if shutil.which(program) or program in REQUIRED:
            continue
        reason = f"{program} is not installed; to run these tests: sudo apt-get install {package}"
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter) -> None:
    """Say in the closing lines what was measured, and what could not run and how to install it."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "say":
                terminalreporter.write_line(value)
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"not run: {count} tests: {reason}", yellow=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where a kernel has two specialisations, or a required tool's test was skipped."""
    crowded = [
        f"{module}.{name} has {len(kernel.signatures)} specialisations: {kernel.signatures}"
        for module, namespace in list(sys.modules.items())
        if module.startswith("engramlab.kernels.")
        for name, kernel in vars(namespace).items()
        if len(getattr(kernel, "signatures", ())) > 1
    ]
    if crowded:
        session.exitstatus = 1
        sys.stderr.write("\none kernel, one specialisation (house rule):\n" + "\n".join(crowded))
        # With xdist each worker checks its own kernels; raising makes the controller see it.
        if os.environ.get("PYTEST_XDIST_WORKER"):
            raise RuntimeError("; ".join(crowded))
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRED and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = 1
