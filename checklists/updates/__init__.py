"""Who is affected when the catalogue changes, and what changes for them.

``changed`` says which procedures two editions treat differently, ``projection`` which answers people have given,
``compare`` what is different between two plans of one person.
"""
