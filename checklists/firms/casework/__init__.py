"""Working on one case: notes, messages, requests, tasks of the firm's own, and what happened so far."""
