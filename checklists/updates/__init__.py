"""Who is affected when the catalogue changes, and what changes for them.

``changed_procedures`` says which procedures two editions treat differently, ``answers_index`` which answers people
have given, ``affected`` and ``counts_of_affected`` whom it concerns and how many, ``compare`` what is different between
two plans of one person.
"""
