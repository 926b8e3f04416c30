"""Do probabilities mean what they say? Expected calibration error, and a reliability plot.

    python -m eval.calibration DATA

draws ``docs/calibration.svg``: for the changes found on controlled edits, the judge's verdicts on
summaries and claims (cross-validated) below DATA, how often what was said with a probability was
right. A calibrated method lies on the diagonal (DeGroot & Fienberg 1983; Guo et al. 2017).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from html import escape
from importlib import import_module
from pathlib import Path

PICTURE = Path(__file__).parents[1] / "docs" / "calibration.svg"

BINS = 10
"""Bins of equal width from 0 to 1."""

Case = tuple[float, bool]
"""A probability, and whether what it was given to was right."""

_SIZE, _EDGE = 300, 46
_COLOURS = ("#1b6ca8", "#c0392b", "#2e7d32", "#8e5ea2")


def bins(cases: Sequence[Case], count: int = BINS) -> list[tuple[float, float, int]]:
    """Return mean probability, share of right ones and size of each bin that holds any."""
    parts: list[list[Case]] = [[] for _ in range(count)]
    for probability, right in cases:
        parts[min(count - 1, int(probability * count))].append((probability, right))
    return [
        (sum(p for p, _ in part) / len(part), sum(r for _, r in part) / len(part), len(part))
        for part in parts
        if part
    ]


def calibration(cases: Sequence[Case], count: int = BINS) -> float:
    """Return 1 less the expected calibration error over ``count`` bins, so that more is better."""
    return 1.0 - sum(abs(said - right) * n for said, right, n in bins(cases, count)) / len(cases)


def draw(sets: Mapping[str, Sequence[Case]]) -> str:
    """Return a reliability plot as SVG: a line a set, dots as large as their bins."""
    low, high = _EDGE, _EDGE + _SIZE

    def at(x: float, y: float) -> tuple[str, str]:
        return f"{low + x * _SIZE:.1f}", f"{high - y * _SIZE:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIZE + 300}" height="{_SIZE + 100}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect x="{low}" y="{low}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#888"/>',
        f'<line x1="{low}" y1="{high}" x2="{high}" y2="{low}" stroke="#bbb" '
        'stroke-dasharray="4 3"/>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = at(tick, tick)
        parts.append(f'<text x="{x}" y="{high + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{low - 6}" y="{y}" text-anchor="end">{tick:g}</text>')
    middle = low + _SIZE / 2
    parts.append(f'<text x="{middle}" y="{high + 34}" text-anchor="middle">probability said</text>')
    parts.append(
        f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">'
        "share that was right</text>"
    )
    for n, (name, cases) in enumerate(sets.items()):
        colour = _COLOURS[n % len(_COLOURS)]
        found = [(*at(said, right), size) for said, right, size in bins(cases)]
        line = " ".join(f"{x},{y}" for x, y, _ in found)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        most = max(size for *_, size in found)
        for x, y, size in found:
            radius = 2 + 5 * (size / most) ** 0.5
            parts.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="{colour}"/>')
        label = f"{name}: error {1 - calibration(cases):.3f}, n {len(cases):,}"
        parts.append(
            f'<text x="{high + 12}" y="{low + 16 + 20 * n}" fill="{colour}">{escape(label)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def main(data: Path) -> None:
    """Measure and draw."""
    edits = import_module("eval.tasks.edits")
    sets: dict[str, Sequence[Case]] = {
        "changes on edits": edits.sureness(list(edits.examine(edits.load(edits.DATA.parent))))
    }
    for task, name in (("summedits_news", "summaries"), ("fever_symmetric", "claims")):
        if (data / task).is_dir():
            sets[name] = import_module(f"eval.tasks.{task}").sureness(data / task)
    PICTURE.write_text(draw(sets), "utf-8")
    print(f"written: {PICTURE.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
