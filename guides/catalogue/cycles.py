"""Who waits for whom, in rings."""

from collections.abc import Mapping, Set


def cycles(waits: Mapping[str, Set[str]]) -> list[list[str]]:
    """The groups of keys of which each waits for all others, straight or by way of some; all of it sorted."""
    reach = {key: set(others) for key, others in waits.items()}
    for middle in reach:
        for others in reach.values():
            if middle in others:
                others |= reach[middle]
    groups = {tuple(sorted(end for end in ends & reach.keys() if key in reach[end])) for key, ends in reach.items()}
    return sorted(list(group) for group in groups if len(group) > 1)
