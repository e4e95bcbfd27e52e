"""The working copy out of the site and back in: as YAML, and flat tables as sheets. No request, no page."""
