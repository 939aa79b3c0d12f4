"""The errors that are not bugs: an act that is refused, a database that is away, what another
process does, what stops a start.

Anything else that is raised is a bug, and is handled only at the boundaries that
docs/architecture.md lists.
"""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A person's act that cannot be done, told to them as one sentence.

    *key* names the sentence (`refused.<key>` in the locales) and *values* fill its placeholders;
    neither ever holds what a person said.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Unavailable(Exception):  # noqa: N818 - says what is so
    """The database cannot be reached or cannot write now. Nothing was done; it is worth trying again."""


class NotOurs(Exception):  # noqa: N818 - says what is so
    """What was to be answered is in another process's hands now, or done already. Nothing was done."""


class ContentError(Exception):
    """Content that must not be served. *faults*: one line each, beginning with the file's name."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SettingsError(Exception):
    """Settings that cannot be run with. *faults*: one line each, naming the setting."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
