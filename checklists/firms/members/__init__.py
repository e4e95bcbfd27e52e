"""Firms of advisors: who belongs to them in which role, invitations, and what they set up for their work."""
