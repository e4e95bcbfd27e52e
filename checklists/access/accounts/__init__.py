"""Signing in: what this site adds to django-allauth."""
