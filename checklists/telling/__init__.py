"""Telling everybody whose checklist an edition changes: once each, however often the work is interrupted.

``rollouts`` finds them and writes their change lists, ``mails`` sends what is owed by email, ``tasks`` does both in
the background, and ``receivers`` starts it when an edition is published.
"""
