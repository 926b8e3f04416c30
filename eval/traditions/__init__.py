"""Traditions of news with known truth: see README.md here."""

from eval.traditions.files import VERSION, Text, Told, load, write
from eval.traditions.tradition import DATES, Tradition, Version, clocks, grow

__all__ = [
    "DATES",
    "VERSION",
    "Text",
    "Told",
    "Tradition",
    "Version",
    "clocks",
    "grow",
    "load",
    "write",
]
