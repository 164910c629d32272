"""The `engramlab` command.

Exit codes: 0 done, 1 refused or failed (one sentence on stderr), 2 wrong usage.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.files import explain, say
from engramlab.course.versions import COURSE_VERSION

Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a fault is one sentence on stderr."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Unicode shows a mark, not an error
            with contextlib.suppress(Exception):
                stream.reconfigure(errors="replace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    extra: list[str] = []
    if arguments[:1] == ["lab"] and "--" in arguments:
        cut = arguments.index("--")
        arguments, extra = arguments[:cut], arguments[cut + 1 :]
    parser = _parser()
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as ended:  # argparse has printed the help or the fault
        return ended.code if isinstance(ended.code, int) else 2
    chosen.extra = extra
    command: Command | None = getattr(chosen, "command", None)
    if command is None:
        parser.print_help()
        return 2
    return _guarded(command, chosen)


def _guarded(command: Command, chosen: argparse.Namespace) -> int:
    try:
        code = command(chosen)
        say()
        return code
    except CourseError as error:
        return _fail(str(error))
    except BrokenPipeError:  # `engramlab progress | head`
        with contextlib.suppress(Exception):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        named = error.filename2 or error.filename
        folder = Path(str(named)) if named else Path.cwd()
        return _fail(str(explain(error, folder, cure="choose another place")))
    except KeyboardInterrupt:
        return _fail("Stopped.")


def _fail(sentence: str) -> int:
    with contextlib.suppress(OSError):
        print(f"engramlab: {sentence}", file=sys.stderr, flush=True)
    return 1


def _open_what_is_closed() -> None:
    """Open the null device where the command was started without an input or output.

    Else the next file that is opened gets that number, and what is printed goes into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def _lab(chosen: argparse.Namespace) -> int:
    from engramlab.course import lab

    return lab.run(
        chosen.folder, port=chosen.port, browser=not chosen.no_browser, extra=chosen.extra
    )


def _reset(chosen: argparse.Namespace) -> int:
    from engramlab.course.workspace import Workspace, locate

    workspace = Workspace.open(locate(Path.cwd(), chosen.workspace))
    for sentence in workspace.reset(chosen.lesson, only=chosen.only).sentences():
        print(sentence)
    return 0


def _progress(chosen: argparse.Namespace) -> int:
    from engramlab.course import report
    from engramlab.course.workspace import locate

    return report.run(locate(Path.cwd(), chosen.workspace))


def _submit(chosen: argparse.Namespace) -> int:
    from engramlab.course.submit import submit
    from engramlab.course.workspace import locate

    for sentence in submit(locate(Path.cwd(), chosen.workspace), chosen.lesson).sentences():
        print(sentence)
    return 0


def _doctor(_chosen: argparse.Namespace) -> int:
    from engramlab.course import doctor

    return doctor.run()


def _build(chosen: argparse.Namespace) -> int:
    from engramlab.course import build

    return build.run(check=chosen.check, root=chosen.root)


def _grade(chosen: argparse.Namespace) -> int:
    from engramlab.course.grading import batch

    return batch.run(
        chosen.submissions,
        chosen.out,
        exercise=chosen.exercise,
        jobs=chosen.jobs,
        fresh=chosen.fresh,
        dask=chosen.dask,
        unsafe=chosen.unsafe,
    )


def _export(chosen: argparse.Namespace) -> int:
    from engramlab.course.grading import export

    return export.run(
        chosen.target,
        chosen.out,
        chosen.file,
        worksheet=chosen.worksheet,
        assignment=chosen.assignment,
        out_of=chosen.out_of,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="engramlab",
        description="engramlab: a course on engrams in JupyterLab. Begin with `engramlab lab`.",
    )
    parser.add_argument("--version", action="version", version=f"engramlab {COURSE_VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Command, line: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=line, description=line)
        sub.set_defaults(command=command)
        return sub

    sub = add("lab", _lab, "Open JupyterLab on the first lesson, in your workspace.")
    sub.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="your workspace (default: the one you are in, else ./engramlab-work)",
    )
    sub.add_argument("--port", type=_port, metavar="N", help="use this port and no other")
    sub.add_argument("--no-browser", action="store_true", help="only print the address")
    sub.epilog = "Options after -- go to JupyterLab as they are."

    sub = add("reset", _reset, "Put a fresh notebook in place; yours is kept beside it.")
    _add_lesson(sub)
    sub.add_argument(
        "--only", choices=("lessons", "exercises"), help="reset one of the two notebooks only"
    )

    sub = add("progress", _progress, "Show your checks and predictions, lesson by lesson.")
    _add_workspace(sub)

    sub = add("submit", _submit, "Make the file to hand in, and say what still lacks an answer.")
    _add_lesson(sub)

    add("doctor", _doctor, "Say what this machine lacks, and the command that mends it.")

    sub = add("build", _build, "Authors: make exercises/ and the answers from solutions/.")
    sub.add_argument(
        "--check", action="store_true", help="write nothing; fail if anything would change"
    )
    sub.add_argument(
        "--root", type=Path, metavar="FOLDER", help="the repository (default: this one)"
    )

    sub = add("grade", _grade, "Teachers: grade a folder of submissions.")
    sub.add_argument("submissions", type=_path, metavar="SUBMISSIONS", help="the learners' files")
    sub.add_argument("out", type=_path, metavar="OUT", help="results, gradebook.csv and feedback")
    sub.add_argument(
        "--exercise", metavar="NN", help="which exercise (default: by file name or content)"
    )
    sub.add_argument(
        "-j",
        "--jobs",
        type=_positive,
        metavar="N",
        help="how many at a time (default: 1; on a cluster what its workers take)",
    )
    sub.add_argument("--fresh", action="store_true", help="grade anew what has a result already")
    sub.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="grade on the Dask cluster whose scheduler has this address",
    )
    sub.add_argument(
        "--unsafe",
        action="store_true",
        help="run the learners' code without a sandbox; written into every row",
    )

    sub = add("export", _export, "Teachers: write the points, or the course, for another system.")
    sub.add_argument("target", choices=("moodle", "canvas", "nbgrader"), help="the system")
    sub.add_argument(
        "out",
        nargs="?",
        type=Path,
        metavar="OUT",
        help="the folder that `engramlab grade` wrote; nbgrader: the folder to write "
        "(default: ./nbgrader-course)",
    )
    sub.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="the file to write (default: OUT/moodle.csv or OUT/canvas.csv)",
    )
    sub.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="the grading worksheet of Moodle, or the gradebook of Canvas, to fill in a copy of",
    )
    sub.add_argument("--assignment", metavar="NAME", help="Canvas: the assignment's name or number")
    sub.add_argument(
        "--out-of",
        type=_maximum,
        metavar="N",
        help="scale the points to this maximum (default: as they are)",
    )
    return parser


def _add_lesson(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", metavar="NN", help="the lesson's number, such as 08")
    _add_workspace(parser)


def _add_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-w",
        "--workspace",
        type=Path,
        metavar="FOLDER",
        help="your workspace (default: the one you are in, else ./engramlab-work)",
    )


def _number(text: str, lowest: int, highest: int, name: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = lowest - 1
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f"{text!r} is not {name}")
    return value


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is the name of no folder")
    return Path(text)


def _port(text: str) -> int:
    return _number(text, 0, 65535, "a port from 0 to 65535")


def _maximum(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of points above 0")
    return value


def _positive(text: str) -> int:
    return _number(text, 1, 10_000, "a number of 1 or more")


if __name__ == "__main__":
    raise SystemExit(main())
