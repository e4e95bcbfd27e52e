"""``make load``: the site under load as it is deployed, and what becomes of it when a database dies.

gunicorn and PostgreSQL are started in a temporary folder and ended with it; nothing listens but on the loopback
address and on sockets inside that folder.
"""
