"""A bare Django page: a login, three queries and twenty rows, with the same middleware as every other page."""

from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.template import engines

TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ user }}</title></head><body><h1>{{ count }}</h1><table>
{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.name }}</td><td>{{ row.codename|upper }}</td>
<td>{% if row.pk %}yes{% else %}no{% endif %}</td></tr>{% endfor %}</table></body></html>"""


def bare_page(request):
    """The login costs the session's and the user's query; the rows are the third."""
    rows = list(Permission.objects.all()[:20])
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(template.render({"rows": rows, "count": len(rows), "user": request.user.username}, request))
