from django.urls import path

from .views import answers, changes, checklist, items, mail, questions

app_name = "checklists"

urlpatterns = [
    path("start/", questions.start, name="start"),
    path("my-checklist/", questions.resume, name="resume"),
    path("c/<str:token>/", checklist.show, name="checklist"),
    path("c/<str:token>/questions/", questions.next_question, name="next-question"),
    path("c/<str:token>/questions/<slug:key>/", questions.question, name="question"),
    path("c/<str:token>/answers/", answers.summary, name="answers"),
    path("c/<str:token>/answers/all/", answers.all_answers, name="all-answers"),
    path("c/<str:token>/persona/", answers.save_as_persona, name="save-as-persona"),
    path("c/<str:token>/answers/<slug:key>/", answers.change, name="change-answer"),
    path("c/<str:token>/changes/", changes.changes, name="changes"),
    path("c/<str:token>/changes/read/", changes.acknowledge, name="acknowledge"),
    path("c/<str:token>/mail/", mail.subscribe, name="mail"),
    path("mail/<str:key>/confirm/", mail.confirm, name="confirm-mail"),
    path("mail/<str:key>/stop/", mail.stop, name="stop-mail"),
    path("c/<str:token>/link/", checklist.new_link, name="new-link"),
    path("c/<str:token>/remember/", checklist.remember_this, name="remember"),
    path("c/<str:token>/tick/<slug:kind>/<path:key>/", items.tick, name="tick"),
    path("c/<str:token>/lines/<slug:kind>/<path:key>/", items.item, name="item"),
]
