"""What a browser would send of the forms of a page, read out of its HTML."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """``found``: by address, the names of the fields with the values that they hold; "" is the page's own address."""

    def __init__(self, text):
        super().__init__()
        self.found, self.form, self.select, self.area = {}, None, "", None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.form = self.found[has.get("action") or ""] = {}
        if self.form is None or "disabled" in has:
            return
        if tag == "input" and (has.get("type") not in ("checkbox", "radio") or "checked" in has):
            self._add(has.get("name"), has.get("value", "on" if has.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = has.get("name")
        elif tag == "option" and "selected" in has:
            self._add(self.select, has.get("value", ""))
        elif tag == "textarea":
            self.area = [has.get("name"), ""]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self._add(self.area[0], self.area[1].removeprefix("\n"))
            self.area = None
        elif tag == "form":
            self.form = None

    def _add(self, name, value):
        if name:
            self.form.setdefault(name, []).append(value or "")


def form_of(response, action=""):
    """The fields of the form that leads to this address, each with its values; "" is the page's own."""
    return Forms(response.text).found[action]
