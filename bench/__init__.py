"""Speed and memory: whole processes, results kept by commit."""
