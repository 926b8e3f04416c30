"""Spark as an engine. Nothing outside this folder knows of it."""

from retold.engine.spark import files, places
from retold.engine.spark.session import gathering, started, warm
from retold.engine.spark.verbs import SparkEngine

__all__ = ["SparkEngine", "files", "gathering", "places", "started", "warm"]
