"""``python -m bench.plot``: draw the newest measurements of scans, by size, to docs/scan.svg."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib import pyplot as plt

from bench.kept import newest
from bench.processes import HOME

LABELS = {
    "retold": "retold scan: verified matches, groups, passages",
    "limit": "limit: read, split into words, hash",
    "datasketch": "datasketch: candidates",
    "rensa": "rensa: candidates",
    "daft": "daft: candidates",
}
COLOURS = ("#0b3c5d", "#8d99ae", "#d1495b", "#edae49", "#66a182")


def main() -> None:
    """Draw time and memory side by side."""
    mpl.rcParams.update({"svg.hashsalt": "retold", "font.family": "sans-serif", "font.size": 9})
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    told = newest()
    for (name, label), colour in zip(LABELS.items(), COLOURS, strict=True):
        found = [
            (t["articles"], p["seconds"], p["mebibytes"] / 1024)
            for t in told
            for p in t["processes"]
            if p["name"] == name
        ]
        if not found:
            continue
        articles, seconds, gibibytes = zip(*found, strict=True)
        style = {"color": colour, "marker": "o", "linewidth": 2.2 if name == "retold" else 1.3}
        time.plot(articles, seconds, label=label, **style)
        memory.plot(articles, gibibytes, **style)
    for axes, title in ((time, "Seconds, whole process"), (memory, "Peak memory, GiB")):
        axes.set(xscale="log", yscale="log", xlabel="articles", title=title)
        axes.grid(visible=True, which="major", color="#dddddd")
        axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    figure.savefig(HOME / "docs" / "scan.svg", metadata={"Date": None})
    print("written: docs/scan.svg")


if __name__ == "__main__":
    main()
