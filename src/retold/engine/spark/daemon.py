"""What makes Spark's Python workers: it loads what they need before it forks them.

Else each of them would, for a second or two, whenever it is made anew. Spark is told of this module
by ``spark.python.daemon.module``.
"""

from __future__ import annotations

import retold.flow.reading
import retold.flow.scan  # noqa: F401 - so that all kernels and readers are there

if __name__ == "__main__":
    from pyspark.daemon import manager

    manager()
