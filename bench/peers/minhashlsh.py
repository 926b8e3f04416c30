"""Spark's own MinHashLSH over word 5-grams: candidates by its join, each with its Jaccard distance.

Words, runs and sets are made by RegexTokenizer, NGram and HashingTF with their own settings but for
the length of a run. Five hash tables and a distance of .6 are those of its guide's example, and
pairs are told once and without an article beside itself, as it advises for a join of a set with
itself. A text of fewer than five words is left out, as it takes no empty set.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.ml import Pipeline
from pyspark.ml.feature import HashingTF, MinHashLSH, NGram, RegexTokenizer
from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own documents call it

from bench.peers.text import SHINGLE

TABLES, DISTANCE = 5, 0.6


def main(corpus: Path, out: Path) -> None:
    """Find pairs."""
    spark = SparkSession.builder.master("local[*]").getOrCreate()
    frame = spark.read.parquet(str(corpus)).select("id", "text")
    words = Pipeline(
        stages=[
            RegexTokenizer(inputCol="text", outputCol="words", pattern=r"(?U)\w+", gaps=False),
            NGram(n=SHINGLE, inputCol="words", outputCol="runs"),
        ]
    )
    runs = words.fit(frame).transform(frame).where(F.size("runs") > 0)
    counted = HashingTF(inputCol="runs", outputCol="set", binary=True)
    sets = counted.transform(runs).select("id", "set")
    lsh = MinHashLSH(inputCol="set", outputCol="hashes", numHashTables=TABLES, seed=1)
    model = lsh.fit(sets)
    hashed = model.transform(sets).cache()
    pairs = model.approxSimilarityJoin(hashed, hashed, DISTANCE, distCol="distance")
    pairs = pairs.select(F.col("datasetA.id").alias("a"), F.col("datasetB.id").alias("b"))
    pairs.where("a < b").write.parquet(str(out))
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
