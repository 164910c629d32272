"""Class 22: answers that the package gives."""

from hostile.cases import GRADED, HEAD, NOTHING, Case, before, indented, notebook
from hostile.cheats import RIGHT

MODEL = "import engramlab as el\n"
KERNEL = """
import engramlab as el
import numba
from engramlab.kernels.attractors import update_all as kernel
@numba.njit
def own(J, order, state, fields, flipped):
    return kernel(J, order, state, fields, flipped)
n = np.zeros(2, np.int64)
own(np.zeros((2, 2), np.float32), n, np.ones(2, np.int8), np.zeros(2, np.float32), n.copy())
"""
BY_KERNEL = """
def recall(W, cue, rng, max_sweeps):
    J, state = W.astype(np.float32), cue.copy()
    energies = [-0.5 * state @ W @ state]
    fields, flipped = J @ state.astype(np.float32), np.zeros(len(cue), np.int64)
    for _ in range(max_sweeps):
        n = CALL(J, rng.permutation(len(cue)), state, fields, flipped)[0]
        energies.append(-0.5 * state @ W @ state)
        if not n:
            break
    return state, np.array(energies)
"""
WAITING = """
import engramlab as el
import threading
asked, told = threading.Event(), threading.Event()
box = {}
class Later:
    def __array__(self, *a, **k):
        asked.wait()
        return box["patterns"]
def work():
    while True:
        box["weights"] = el.Hopfield.store(Later()).weights
        asked.clear()
        told.set()
threading.Thread(target=work, daemon=True).start()
"""
AFTERWARDS = """
import engramlab as el
import sys, threading
sys.setswitchinterval(1e-6)
box = {}
def work():
    while True:
        try:
            box["out"][:] = el.Hopfield.store(box["patterns"]).weights
            del box["out"]
        except Exception:
            pass
threading.Thread(target=work, daemon=True).start()
"""

ON_THE_WAY = """
import engramlab as el
box, real = {}, np.frombuffer
class Array(np.ndarray):
    pass
def reads(raw, dtype=float, **more):
    found = real(raw, dtype, **more)
    for width in range(2, 400):
        if dtype.itemsize == 1 and found.size % width == 0:
            try:
                box[width, found.tobytes()] = el.Hopfield.store(found.reshape(-1, width)).weights
            except Exception:
                pass
    return found
"""

STORE = "return el.Hopfield.store(patterns).weights"
FOUND = "calls the package's own model|may call the package's own model"
DELEGATED = {  # cells before, the body of the answer, how it ends, what the teacher is told
    "in the call": (MODEL, STORE, "wrong", FOUND),
    "imported inside": (
        "pass",
        "from engramlab.attractors import Hopfield\nreturn Hopfield.store(patterns).weights",
        "wrong",
        FOUND,
    ),
    "a method that was kept": (
        MODEL + "store = el.Hopfield.store",
        "return store(patterns).weights",
        "wrong",
        FOUND,
    ),
    "by another room of the package": (MODEL, "return el.completion(rng=1)", "wrong", FOUND),
    "named and not called": (MODEL + "el.Hopfield", "el.Hopfield\n" + RIGHT, "right", FOUND),
    "by a made-up name": (
        MODEL,
        "return getattr(el, 'Hop' + 'field').store(patterns).weights",
        "wrong",
        "getattr",
    ),
    "in a vectorised function": (
        MODEL + "store = np.vectorize(lambda p: el.Hopfield.store(p).weights, "
        "signature='(m,n)->(n,n)')",
        "return store(patterns)",
        "wrong",
        FOUND,
    ),
    "copied code": (
        MODEL + "from types import FunctionType\nimport engramlab.attractors._network as home\n"
        "store = FunctionType(el.Hopfield.store.__func__.__code__, "
        "{**vars(home), '__name__': '__main__'}, None, None, None)\n"
        "store.__kwdefaults__ = dict(rule='hebbian', self_coupling=False)",
        "try:\n    store(el.Hopfield, patterns)\nexcept Exception:\n    pass\n" + RIGHT,
        "right",
        "__code__",
    ),
    "copied source": (
        MODEL + "import inspect, textwrap\nimport engramlab.attractors._network as home\n"
        "source = textwrap.dedent(inspect.getsource(el.Hopfield.store))\n"
        "names = {**vars(home)}\nexec(source.replace('@classmethod', ''), names)",
        "net = names['store'](el.Hopfield, patterns)\n"
        "return net.couplings.astype(float) / patterns.shape[1]",
        "right",
        "inspect",
    ),
    "source from the disk": (
        MODEL + "source = open(el.__file__).read()",
        "return np.array(len(source)) * 0 + 1",
        "wrong",
        "open",
    ),
    "another Python": (
        "from subprocess import run\nimport json, sys",
        "code = 'import sys, json, numpy, engramlab as el; p = json.load(sys.stdin); '\\\n"
        "    'print(el.Hopfield.store(numpy.array(p)).weights.tolist())'\n"
        "out = run([sys.executable, '-c', code], input=json.dumps(patterns.tolist()),\n"
        "          capture_output=True, text=True, check=True).stdout\n"
        "return np.array(json.loads(out))",
        ("right", "error", "timeout"),
        "subprocess.run",
    ),
    "with the door taken off": (
        MODEL + "from engramlab.course import closing\n"
        "closing.Closing.__enter__ = closing.Closing.__exit__ = lambda *a: None",
        STORE,
        "right",
        "engramlab.course.closing",
    ),
    "with the watchman bribed": (
        MODEL + "import sys\nsys.modules['engramlab.course.child'].borrows = lambda *a: False\n"
        "sys.modules['engramlab.course.closing'].Closing._find = lambda *a: None",
        STORE,
        ("right", "wrong"),
        "sys.modules",
    ),
    "under another name": (
        "__name__ = 'numpy'\n"
        + MODEL
        + "el.Hopfield\ndef store(p):\n    el.Hopfield\n    return p",
        "store(patterns)\n" + RIGHT,
        "right",
        "__name__|" + FOUND,
    ),
    "loaded anew": (
        MODEL + "import importlib, engramlab.attractors as rooms\n"
        "store = el.Hopfield.store\nimportlib.reload(rooms)",
        "return store(patterns).weights",
        "wrong",
        "importlib",
    ),
    "by a call that waits inside": (
        WAITING,
        "box['patterns'] = patterns\nasked.set()\ntold.wait(2)\ntold.clear()\n"
        "return box['weights']",
        ("right", "error"),
        "threading",
    ),
    "written after the answer was given": (
        AFTERWARDS,
        "box['patterns'] = patterns\n"
        "box['out'] = out = np.zeros((patterns.shape[1],) * 2)\nreturn out",
        "wrong",
        "threading",
    ),
    "while the question is read": (
        ON_THE_WAY + "np.frombuffer = reads",
        "return box[patterns.shape[1], patterns.tobytes()]",
        "error",
        "numpy.frombuffer",
    ),
    "while the question is read, by a back door": (
        ON_THE_WAY + "def change(module):\n    module.frombuffer = reads\nchange(np)",
        "return box[patterns.shape[1], patterns.tobytes()]",
        "error",
        GRADED,
    ),
    "by many processes of the package": (
        MODEL,
        "def work(rng):\n    return el.Hopfield.store(patterns).weights.tolist()\n"
        "return el.sweep(work, seeds=2, n_jobs=2, backend='loky', progress=False)[0]",
        ("wrong", "error"),
        GRADED,
    ),
}


def cases(_target):
    """Return the cases of this class."""
    found = [
        Case(
            name=f"delegates {name}",
            kind=22,
            content=before(source, HEAD + indented(body)),
            expected=expected,
            status=status,
        )
        for name, (source, body, expected, status) in DELEGATED.items()
    ]
    ways = {
        "a kernel": ("kernel", "wrong", FOUND),
        "a kernel compiled into another": ("own", "right", "engramlab.kernels"),
        "a kernel past its own door": (
            "numba._dispatcher.Dispatcher.__call__(kernel, *[",
            ("right", "error"),
            "engramlab.kernels",
        ),
        "a kernel whose name is gone": ("own", "right", "engramlab.kernels"),
        "a kernel out of an array": ("hidden[0]", "right", "engramlab.kernels"),
    }
    for name, (call, expected, status) in ways.items():
        source = KERNEL
        if "gone" in name:
            source += "kernel = None\n"
        if "array" in name:
            source += "hidden = np.array([own], dtype=object)\n"
        answer = BY_KERNEL.replace("CALL(", f"{call}(" if "[" not in call or "]" in call else call)
        if "past" in name:
            answer = answer.replace("flipped)[0]", "flipped])[0]")
        found.append(
            Case(
                name=f"delegates to {name}",
                kind=22,
                content=notebook(source, recall=answer),
                item="recall",
                expected=expected,
                status=status,
            )
        )
    confirmed = MODEL + "model = el.Hopfield.store(el.random_patterns(3, n_neurons=20, rng=1))\n"
    confirmed += "assert np.allclose(model.weights, hebbian_weights(model.patterns))\n"
    return [
        *found,
        Case(
            name="confirms by the package in another cell",
            kind=22,
            content=notebook(after=[confirmed]),
        ),
        Case(
            name="takes the answer from the course",
            kind=22,
            content=before(
                "from engramlab.course.answers import reference\n"
                "exec(reference('08', 'hebbian_weights'))",
                NOTHING,
            ),
            expected="wrong",
            status="engramlab.course.answers",
        ),
    ]
