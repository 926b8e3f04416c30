"""The desk: one SQLite file of articles and what is found in them, and all that is done with it.

:class:`Desk` is what commands, pages, the API and assistants call; :mod:`retold.desk.values` holds
what it returns. Inside, a module a subject (``articles``, ``search`` ...) holds functions
over a connection, and :class:`~retold.desk.database.Database` gives the connections:
``with database.read() as connection`` a snapshot, ``with database.write() as connection`` one
durable transaction. A new table is a script ``migrations/NNNN_name.sql`` with the next number; a
list is paged by key with :mod:`retold.desk.paging`; times are stored by :mod:`retold.desk.times`.
"""

from retold.desk.desk import Desk

__all__ = ["Desk"]
