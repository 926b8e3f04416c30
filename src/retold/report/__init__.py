"""Report: a dossier as a terminal summary, as JSON, as one HTML file, in a notebook."""
