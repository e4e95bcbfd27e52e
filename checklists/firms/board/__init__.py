"""All cases of a firm at a glance: lists, columns, filters, counts, and acting on many at once."""
