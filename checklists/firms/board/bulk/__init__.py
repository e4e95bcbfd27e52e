"""Acting on many cases at once: which ones, what is asked about it, and doing it, all of it or nothing."""
