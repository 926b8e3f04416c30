"""The bundled example: a fictional story in a fictional place, with its true stemma beside it."""
