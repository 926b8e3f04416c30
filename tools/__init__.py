"""What builds data and docs; nothing here is needed at run time."""
