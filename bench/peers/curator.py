"""distributed-curator: MinHash of character 9-grams, groups of near-duplicates of a text.

As in its own first example, but for a threshold of .5 as the other peers have it, at which its 16
bands of 4 are just as likely to find a pair as to miss it, and as many partitions as Spark has for
a shuffle, as it advises. It gives each article the one that stands for it and no pairs, so the
articles that one stands for are taken for pairs of each with each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from distributed_curator import (  # type: ignore[import-not-found]
    get_jar_path,
    partition_aware_deduplicate,
)
from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documents call it

from bench.peers.text import JACCARD


def main(corpus: Path, out: Path) -> None:
    """Find groups."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.jars", get_jar_path())
        .config("spark.cleaner.referenceTracking.cleanCheckpoints", "true")
        .getOrCreate()
    )
    frame = spark.read.parquet(str(corpus)).select(F.col("id").alias("doc_id"), "text")
    parts = spark.conf.get("spark.sql.shuffle.partitions")
    result = partition_aware_deduplicate(
        spark=spark,
        input_df=frame,
        text_column="text",
        similarity_threshold=JACCARD,
        num_partitions=int(parts or 200),
    )
    groups = result.groupBy("representative_id").agg(F.collect_list("doc_id").alias("articles"))
    groups.where(F.size("articles") > 1).select("articles").write.parquet(str(out))
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
