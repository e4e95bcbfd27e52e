from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who signs in. A model of our own from the start, so that fields can be added later."""
