"""One module a task, named like its folder of data; each has ``evaluate(path) -> list[Score]``."""
