"""One module a task, named like its folder of data, or naming it in ``FOLDER``.

Each has ``evaluate(path) -> list[Score]``.
"""
