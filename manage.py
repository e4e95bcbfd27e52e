#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relocation.settings")
    if "SECRET_KEY" not in os.environ:
        # Somebody's own machine: a server has a secret key, and its web processes never start here.
        os.environ.setdefault("DJANGO_DEBUG", "1")
    execute_from_command_line(sys.argv)
