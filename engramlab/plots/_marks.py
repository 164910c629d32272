"""Marks that stand for what is done to cells, the same in every picture."""

from matplotlib.path import Path

BOLT = Path([(0.25, 1), (-0.6, -0.15), (-0.05, -0.15), (-0.3, -1), (0.6, 0.25), (0.05, 0.25),
             (0.25, 1)], closed=True)  # fmt: skip
"""Light that makes cells fire."""

STOP = Path([(-0.7, -0.45), (-0.7, -0.85), (0.7, -0.85), (0.7, -0.45), (0.2, -0.45), (0.2, 0.85),
             (-0.2, 0.85), (-0.2, -0.45), (-0.7, -0.45)], closed=True)  # fmt: skip
"""Light that keeps cells silent."""
