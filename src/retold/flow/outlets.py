"""Who carries whose text, as :mod:`retold.corpus.outlets` tells it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.corpus.outlets import carried, lags
from retold.corpus.passages import NEVER
from retold.flow.rows import CARRIED, CARRIES, LAGS, TOTALS, array, made, runs


def totals(table: pa.Table) -> pa.Table:
    """Count the articles of each outlet."""
    table = table.filter(pc.not_equal(table["origin"], 0))
    table = table.filter(pc.equal(table["reason"], ""))
    found = table.group_by(["origin", "outlet"]).aggregate([([], "count_all")])
    return made(TOTALS, found["origin"], found["outlet"], found["count_all"])


def added(table: pa.Table) -> pa.Table:
    """Add up counts of the same outlet."""
    found = table.group_by(["origin", "outlet"]).aggregate([("all", "sum")])
    return made(TOTALS, found["origin"], found["outlet"], found["all_sum"])


def carriers(table: pa.Table) -> pa.Table:
    """Return a row for each member of a group and each other outlet in it."""
    bounds = runs(array(table, "lead"))
    held, coded = np.unique(array(table, "origin"), return_inverse=True)
    outlets = np.where(array(table, "origin") == 0, -1, coded).astype(np.int32)
    never = pa.scalar(NEVER, pa.int64())
    published = table["published"].cast(pa.int64()).fill_null(never).to_numpy()
    rows = carried(bounds, np.arange(len(table)), outlets, published)
    return made(CARRIED, held[rows[:, 0]], held[rows[:, 1]], rows[:, 2])


def told(table: pa.Table) -> pa.Table:
    """Tell of each outlet and each other one how much it carries."""
    one, two = array(table, "outlet_n"), array(table, "other_n")
    bounds = runs(one, two)
    number = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    _, found = lags(number, array(table, "lag"))
    first = bounds[:-1]
    return made(
        LAGS, one[first], two[first], found.articles, found.later, found.earlier,
        pa.array(found.median, mask=np.isnan(found.median)),
    )  # fmt: skip


def shares(table: pa.Table) -> pa.Table:
    """Name the outlets, and say what share of the first one's articles that is."""
    share = array(table, "articles") / np.maximum(1, array(table, "all"))
    return made(
        CARRIES, table["outlet"], table["outlet_b"], table["articles"], share.astype(np.float32),
        table["later"], table["earlier"], table["median_lag"],
    )  # fmt: skip
