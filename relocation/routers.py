from django.db import DEFAULT_DB_ALIAS, transaction

REPLICA = "replica"
# What pages that know no person read: guides, search and open data. An edition never changes once it is written.
READ_FROM_REPLICA = {"guides.Edition"}


class ReplicaRouter:
    """Editions are read from the replica; everything else, and everything in a transaction, from the primary.

    What is somebody's own is read right after it was saved, and may not be a moment old; and whoever publishes asks
    for the newest edition in a transaction. So pages for everybody go on while the primary is away.
    """

    def db_for_read(self, model, **hints):
        in_transaction = transaction.get_connection(DEFAULT_DB_ALIAS).in_atomic_block
        return REPLICA if model._meta.label in READ_FROM_REPLICA and not in_transaction else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS
