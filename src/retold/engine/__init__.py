"""How work is spread over a machine or many. Results are equal however it is spread."""

from retold.engine.base import Data, Engine, Function, Progress, silent
from retold.engine.local import Processes, cores, in_threads

__all__ = [
    "Data",
    "Engine",
    "Function",
    "Processes",
    "Progress",
    "cores",
    "in_threads",
    "silent",
]
