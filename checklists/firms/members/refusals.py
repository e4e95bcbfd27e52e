"""Why a firm cannot do something now. The text of each is for whoever tried."""


class Refused(Exception):
    """It cannot be done as things are. Nothing was changed."""


class Changed(Exception):
    """Somebody changed the row after it was shown. ``row`` is how it is now."""

    def __init__(self, row):
        super().__init__("It was changed in the meantime.")
        self.row = row


class OtherAddress(Exception):
    """An invitation was sent to an address that is not one of this account's."""


class Over(Exception):
    """An invitation was used, or its week is over."""
