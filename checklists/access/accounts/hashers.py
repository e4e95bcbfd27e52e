"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with the figures that OWASP gives for a web server: 19 MiB and one core for some 20 ms.

    Django's own take 100 MiB and eight threads for each sign-in, which a worker of this site has not.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
