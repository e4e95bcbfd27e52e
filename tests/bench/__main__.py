"""``make bench``: what the site promises about speed, as ratios measured in one run.

Every figure is the fastest of many repetitions, taken in turns, so that a busy machine hurts all of them alike.
"""

import os
import tempfile


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
        import django

        django.setup()
        from tests.bench import checks, measure

        measure.run()
        checks.run()


if __name__ == "__main__":
    main()
