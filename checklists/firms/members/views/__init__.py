"""Pages of a firm itself: what belongs to it, who belongs to it, and how it works."""
