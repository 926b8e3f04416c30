"""Other people's tools on the same corpus, each a whole process in the way its makers show.

``python -m bench.peers.NAME CORPUS OUT`` reads the columns ``id`` and ``text`` of a Parquet file
and writes what it found: pairs (columns ``a``, ``b``), or buckets (``bucket``, ``article``; two
articles are a pair where they share a bucket). Those that compare two texts take a third argument,
how many pairs, and print pairs per second.
"""
