"""Names: one meaning each, units in suffixes, light imports, walls that stand."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import numpy as np
import pytest
from house_tools import PACKAGE, ROOT

import engramlab as el

HEAVY = ("numba", "matplotlib", "ipywidgets", "IPython", "joblib", "nbformat", "jinja2")
# Units are _ms, _hours, _hz and _mv; any other must not stand at the end of a name.
WRITTEN_OUT = re.compile(r"_(seconds?|secs?|minutes?|mins?|days?|hrs?|h|s|khz|volts?|percent|pct)$")


def all_modules():
    names = ["engramlab"]
    for module in pkgutil.walk_packages([str(PACKAGE)], "engramlab."):
        if module.name != "engramlab.course.child":  # the child's entry point, never imported
            names.append(module.name)
    return names


def run(script):
    command = [sys.executable, "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_import_loads_nothing_heavy():
    script = f"import sys, engramlab; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert run(script) == "[]"


def test_models_load_no_picture():
    script = (
        "import sys, engramlab as el; el.Hopfield, el.sweep, el.overlap; "
        "print([m for m in ('matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    )
    assert run(script) == "[]"


def test_no_public_name_is_a_module():
    """A lazy name would be shadowed by the module of the same name once that is imported."""
    for name in all_modules():
        importlib.import_module(name)
    rooms = {module.name for module in pkgutil.iter_modules([str(PACKAGE)])}
    assert not (set(el.__all__) - {"look", "plots", "widgets"}) & rooms
    for name in el.__all__:
        assert getattr(el, name) is not None


@pytest.mark.parametrize("name", sorted(set(el.__all__) - {"look", "plots", "widgets"}))
def test_units_and_rng_of_public_signatures(name):
    thing = getattr(el, name)
    members = [thing]
    if inspect.isclass(thing):
        members = [m for n, m in inspect.getmembers(thing) if callable(m) and not n.startswith("_")]
    for member in members:
        try:
            parameters = inspect.signature(member).parameters
        except ValueError:
            continue
        for parameter in parameters.values():
            assert not WRITTEN_OUT.search(parameter.name), f"{name}: {parameter.name}"
            if parameter.name == "rng":
                assert parameter.kind is parameter.KEYWORD_ONLY
                assert parameter.default is parameter.empty


def public_calls():
    """Every public function, and every public method of a public class, by its full name."""
    for name in sorted(set(el.__all__) - {"look", "plots", "widgets"}):
        thing = getattr(el, name)
        if inspect.isclass(thing):
            for method, member in inspect.getmembers(thing, callable):
                if not method.startswith("_"):
                    yield f"{name}.{method}", member
        else:
            yield name, thing


CALLS = dict(public_calls())
METHODS_OF = {  # public classes and those from which they inherit
    base.__name__
    for name in set(el.__all__) - {"look", "plots", "widgets"}
    if inspect.isclass(getattr(el, name))
    for base in inspect.getmro(getattr(el, name))
}


def missing_sections(call):
    """What numpydoc asks for and the docstring lacks.

    Every function says what it returns; a method may say so in its first word. A call that takes
    arguments can be given wrong ones, so it says what it raises; only `lesson` never does, since a
    learner is told in a sentence.
    """
    doc = inspect.getdoc(call) or ""
    parameters = [name for name in inspect.signature(call).parameters if name != "self"]
    wanted = {"Returns": True, "Raises": bool(parameters) and call is not el.lesson}
    if call.__qualname__.partition(".")[0] in METHODS_OF and "." in call.__qualname__:
        wanted["Returns"] = not doc.startswith("Return ")
    return [name for name, asked in wanted.items() if asked and not has_section(doc, name)]


def has_section(doc, name):
    return f"\n{name}\n{'-' * len(name)}\n" in doc


@pytest.mark.parametrize("name", sorted(CALLS))
def test_public_calls_have_numpydoc(name):
    assert not missing_sections(CALLS[name]), name


@pytest.mark.parametrize("name", sorted(set(el.__all__) - {"look", "plots", "widgets"}))
def test_public_names_say_what_they_are(name):
    assert (getattr(el, name).__doc__ or "").strip(), name


def test_a_docstring_without_its_sections_is_found():
    def bare(load: float) -> float:
        """Return the load."""
        return load

    def empty() -> None:
        pass

    assert missing_sections(bare) == ["Returns", "Raises"]
    assert missing_sections(empty) == ["Returns"]
    bare.__doc__ = "Return the load; see Returns and Raises."
    assert "Returns" in missing_sections(bare)


def test_results_are_frozen_and_show_shapes():
    patterns = el.random_patterns(2, n_neurons=20, rng=1)
    network = el.Hopfield.store(patterns)
    for value in (network, network.recall(patterns[0], rng=1)):
        assert dataclasses.is_dataclass(value)
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, np.zeros(2))
        assert "(" in repr(value)
        assert len(repr(value)) < 400


def test_walls_stand():
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", script]
    walls = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert walls.returncode == 0, walls.stdout + walls.stderr
