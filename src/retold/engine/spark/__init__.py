"""Spark as an engine. Nothing outside this folder knows of it."""

from retold.engine.spark import files, places
from retold.engine.spark.listed import File, Listed
from retold.engine.spark.session import again, gathering, started, warm
from retold.engine.spark.verbs import SparkEngine

__all__ = [
    "File",
    "Listed",
    "SparkEngine",
    "again",
    "files",
    "gathering",
    "places",
    "started",
    "warm",
]
