"""What a browser sends back from a page of the admin."""

from django.urls import reverse


def page(model, name, *args):
    """The address of an admin page of a model of the working copy."""
    return reverse(f"admin:guides_{model._meta.model_name}_{name}", args=args)


def filled_form(response):
    """The fields of an unchanged change page or page of a new entry."""
    context = response.context_data
    data = {}
    for form in _forms(context):
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else value
    if "seen" in context:
        data |= {"_seen": context["seen"], "_base": context["base"], "_key": context["original"].key}
    return data


def _forms(context):
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        for form in inline.formset.forms:
            yield form
            if inner := getattr(form, "inner", None):
                yield from [inner.management_form, *inner.forms]
