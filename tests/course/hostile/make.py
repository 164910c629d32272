"""Write all hostile submissions into a folder: ``python tests/course/hostile/make.py FOLDER``."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from hostile import cheats, delegations, doors, machinery, papers, processes, texts
from hostile.cases import Target


def all_cases(target):
    """Return every case, in the order of the classes.

    Parameters
    ----------
    target : Target
        What the attacks are aimed at.
    """
    found = [
        case
        for module in (processes, machinery, papers, doors, cheats, texts, delegations)
        for case in module.cases(target)
    ]
    return sorted(found, key=lambda case: case.kind)


def main(folder):
    """Write the whole set."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for case in all_cases(Target(submissions=folder)):
        case.write(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
