"""What people are asked, and the conditions that have a name."""

from pydantic import Field

from guides.conditions.asked import QuestionKind

from ..fields import AnswerKey, Condition, Entry, Key, Keyed


class Hint(Entry):
    """A hint that only some people are shown."""

    text: str
    when: Condition


class Option(Entry):
    """An answer that can be chosen. ``phrase`` completes "because …": "you will work for an employer".

    ``calendar`` is that of a country (see ``Country``), for whoever chooses this region. ``group`` is a heading, below
    which all options that name it stand together.
    """

    value: str
    label: str
    hint: str = ""
    hints: tuple[Hint, ...] = ()
    group: str = ""
    phrase: str
    calendar: str = Field("", pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$")
    when: Condition = ""
    kept_because: str = Field("", description="why it stays although no condition names it")


class Question(Keyed):
    """A question of the questionnaire (cccev:InformationConcept).

    ``phrase`` and ``negative_phrase`` complete "because …" for a yes/no question; for other kinds
    ``phrase`` may hold ``{value}``. Questions of one ``screen`` are asked together. Nobody writes who is
    asked what: a question is asked when its answer can still change the plan.

    ``{country}`` in ``text``, ``hint``, ``why`` and labels is the destination's name, or "there" while it is not known.
    ``title`` heads the screen on which the question stands first. ``stale_when``: the answer has been overtaken by
    time, counts as not given, and is asked again; ``stale_text`` asks.
    """

    key: AnswerKey
    kind: QuestionKind
    title: str = ""
    text: str
    hint: str = ""
    why: str
    order: int
    screen: Key | None = None
    options: tuple[Option, ...] = ()
    phrase: str = ""
    negative_phrase: str = ""
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    stale_when: Condition = Field("", description="empty means never")
    stale_text: str = ""
    kept_because: str = Field("", description="why it stays although no condition uses it")


class Term(Keyed):
    """A condition with a name. Phrases complete "because …": "you are (not) an EU, EEA or Swiss citizen"."""

    key: AnswerKey
    condition: Condition
    phrase: str
    negative_phrase: str
