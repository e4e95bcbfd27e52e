from django.urls import path

from checklists.firms.sharing import taking

from . import messages, who_sees

app_name = "sharing"

urlpatterns = [
    path("c/<str:token>/access/", who_sees.access, name="access"),
    path("c/<str:token>/access/code/", who_sees.new_code, name="new-code"),
    path("c/<str:token>/access/code/<int:pk>/end/", who_sees.end_code, name="end-code"),
    path("c/<str:token>/access/<int:pk>/", who_sees.shares, name="shares"),
    path("c/<str:token>/access/<int:pk>/end/", who_sees.end, name="end"),
    path("c/<str:token>/access/read/", messages.read_deeds, name="read-deeds"),
    path("c/<str:token>/messages/", messages.conversation, name="messages"),
    path("c/<str:token>/messages/<int:pk>/", messages.write, name="write"),
    path("c/<str:token>/messages/<int:pk>/read/", messages.read, name="read"),
    path("c/<str:token>/requests/<int:pk>/", messages.answer_request, name="answer"),
    path("c/<str:token>/firm-tasks/<int:pk>/", messages.tick_task, name="tick-task"),
    path("share/", taking.enter, name="enter"),
    path("share/<str:code>/", taking.take, name="code"),
]
