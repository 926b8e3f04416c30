"""The exceptions that Retold raises.

::

    RetoldError                 everything below; catch this one
    ├── UsageError              the call itself is off: an unknown option, field or id
    ├── InputError              nothing of the input could be used
    ├── DossierError            a dossier file cannot be read or is of another schema
    ├── ScanError               a scan's folder cannot be read or is of another schema
    ├── DeskError               a desk's file cannot be opened, read or written, or is none
    └── ModelError              a model file is missing, damaged or not one that can be used

An input that is bad while others are good raises nothing: it becomes a
:class:`retold.model.Rejected` and is listed in the result.
"""


class RetoldError(Exception):
    """Base of all errors raised on purpose. The message names the thing and the remedy."""


class UsageError(RetoldError):
    """The call itself is off."""


class InputError(RetoldError):
    """Nothing of the input could be used."""


class DossierError(RetoldError):
    """A dossier file cannot be read or is of another schema."""


class ScanError(RetoldError):
    """A scan's folder cannot be read or is of another schema."""


class DeskError(RetoldError):
    """A desk's file cannot be opened, read or written, or is no desk that this version knows."""


class ModelError(RetoldError):
    """A model file is missing, damaged or not one that can be used."""
