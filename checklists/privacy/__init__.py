"""A person's data: where it stands, how they get it, how it is erased, and how long it is kept."""
