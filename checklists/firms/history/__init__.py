"""Who did what, and when: entries that are only added, each holding the hash of the one before.

``chain`` writes and verifies them; ``verbs`` are the words for what can happen.
"""
