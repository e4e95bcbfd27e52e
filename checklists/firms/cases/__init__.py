"""A firm's cases: making and changing them, the people in them, bringing many in, and what the board keeps of plans."""
