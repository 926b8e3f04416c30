"""Collate: the readings of a story, aligned, with the typed changes between them."""
