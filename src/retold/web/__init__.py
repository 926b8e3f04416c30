"""The desk's pages and its JSON API, over :class:`retold.desk.Desk` alone.

What stands between the network and the routes is in ``guard``: small pieces of plain ASGI, each of
which can refuse a request and none of which knows the desk's content.
"""
