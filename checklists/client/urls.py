from django.urls import path, re_path

from checklists.access.links import pasted
from checklists.updates import subscription_views
from checklists.updates import views as updates

from .views import answers, calendar, checklist, items, papers, questions, tasks

app_name = "checklists"

urlpatterns = [
    # Links that are keys, with what stood behind them in a text: "…/c/KEY/)." or "…/c/KEY,".
    re_path(
        r"^(?P<link>(?:c|share|mail|firms/invitation)/[A-Za-z0-9_/-]+)/?[^A-Za-z0-9_/-]+/?$", pasted, name="pasted"
    ),
    path("start/", questions.start, name="start"),
    path("my-checklist/", questions.resume, name="resume"),
    path("countries/", questions.countries, name="countries"),
    path("c/<str:token>/", checklist.show, name="checklist"),
    path("c/<str:token>/tasks/<slug:key>/", tasks.show, name="task"),
    path("c/<str:token>/calendar/", calendar.show, name="calendar"),
    path("c/<str:token>/tasks/<slug:key>/appointment.ics", tasks.appointment_file, name="appointment-file"),
    path("c/<str:token>/papers/<slug:key>/", papers.show, name="paper"),
    path("c/<str:token>/keep/", checklist.keep, name="keep"),
    path("c/<str:token>/questions/", questions.next_question, name="next-question"),
    path("c/<str:token>/questions/<slug:key>/", questions.question, name="question"),
    path("c/<str:token>/answers/", answers.summary, name="answers"),
    path("c/<str:token>/answers/all/", answers.all_answers, name="all-answers"),
    path("c/<str:token>/answers/back/", questions.take_back, name="take-back"),
    path("c/<str:token>/persona/", answers.save_as_persona, name="save-as-persona"),
    path("c/<str:token>/answers/<slug:key>/", answers.change, name="change-answer"),
    path("c/<str:token>/changes/", updates.changes, name="changes"),
    path("c/<str:token>/changes/read/", updates.acknowledge, name="acknowledge"),
    path("c/<str:token>/mail/", subscription_views.subscribe, name="mail"),
    path("mail/<str:key>/confirm/", subscription_views.confirm, name="confirm-mail"),
    path("mail/<str:key>/stop/", subscription_views.stop, name="stop-mail"),
    path("c/<str:token>/link/", checklist.new_link, name="new-link"),
    path("c/<str:token>/remember/", checklist.remember_this, name="remember"),
    path("c/<str:token>/forget/", checklist.forget_this, name="forget"),
    path("c/<str:token>/take-out/", checklist.take_out, name="take-out"),
    path("c/<str:token>/tick/<slug:kind>/<path:key>/", items.tick, name="tick"),
    path("c/<str:token>/lines/<slug:kind>/<path:key>/", items.item, name="item"),
]
