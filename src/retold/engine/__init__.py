"""How a stage is spread over the machine. Results are equal on every engine."""

from retold.engine.base import Engine, Progress, silent
from retold.engine.local import LocalEngine, cores, in_threads

__all__ = ["Engine", "LocalEngine", "Progress", "cores", "in_threads", "silent"]
