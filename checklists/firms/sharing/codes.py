"""Codes as people write them down and type them in."""

from checklists.models.sharing import ALPHABET, CODE_LENGTH

GROUP = 4


def shown(code: str) -> str:
    """ABCD-EFGH-JKLM, to be read out and compared."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(text: str) -> str:
    """The code in what somebody typed: capitals, without spaces, dashes and other signs; empty if it is none.

    No code holds O, 0, I, 1 or L, so nothing can be mistaken for another code by guessing what was meant.
    """
    signs = "".join(sign for sign in text[:100].upper() if sign.isalnum())
    return signs if len(signs) == CODE_LENGTH and set(signs) <= set(ALPHABET) else ""
