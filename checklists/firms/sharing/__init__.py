"""One case, two doors: how a client lets a firm in, sees what it does, and takes the access back."""
