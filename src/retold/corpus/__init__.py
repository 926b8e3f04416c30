"""The corpus at large: every copy in millions of articles, on one machine.

``scan.scan`` goes from files to tables, ``index.find`` asks what a scan kept, ``results.load_scan``
opens the tables. The kernels are those of :mod:`retold.reuse`.
"""
