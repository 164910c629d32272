"""Draw the picture at the top of the README: `.venv/bin/python docs/draw_hero.py`."""

from pathlib import Path

from engramlab import plots

if __name__ == "__main__":
    Path(__file__).with_name("hero.png").write_bytes(plots.hero().png())
