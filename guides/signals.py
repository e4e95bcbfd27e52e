"""What the catalogue tells the rest of the site."""

from django.dispatch import Signal

# Sent by ``editions.publishing`` inside the transaction that makes an edition current, with ``edition``, the new
# ``Edition``, and ``before``, the number of the one that the site showed until then (0 for the first). A receiver that
# fails takes the publication back.
edition_published = Signal()
