"""The scan as a flow of tables: what :mod:`retold.corpus` computes, for corpora of many machines.

Each stage is a pure function of tables; an engine (:class:`retold.engine.Engine`) holds the rows
and brings together those that a stage has to see at once. Every article is known by the first
eight bytes of its id, as a number that sorts as ids do: what a scan on one machine tells by rank is
told by it, so both give the same matches and groups.
"""
