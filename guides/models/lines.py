"""Columns for text of one line. Whatever way a text comes in, nothing is stored that breaks a line or turns it.

For migrations they are Django's own columns: the database sees no difference.
"""

from django import forms
from django.db import models

from guides import lines


class _Line(models.Field):
    form_class: type[forms.Field] = lines.LineField

    def to_python(self, value):
        text = super().to_python(value)
        return lines.one_line(text) if isinstance(text, str) else text

    def formfield(self, **options):
        return super().formfield(**{"form_class": self.form_class, **options})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        stock = next(one for one in type(self).__mro__ if one.__module__.startswith("django."))
        return name, f"django.db.models.{stock.__name__}", args, kwargs


class LineField(_Line, models.CharField):
    pass


class AddressField(_Line, models.EmailField):
    form_class = lines.AddressField


class LinkField(_Line, models.URLField):
    form_class = lines.LinkField
