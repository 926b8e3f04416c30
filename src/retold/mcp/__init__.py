"""The desk for assistants: a Model Context Protocol server that answers and changes nothing."""
