from django.urls import path

from .views import case, messages, notes, requests, tasks, timeline

app_name = "casework"

urlpatterns = [
    path("", case.show, name="case"),
    path("seen/", case.seen, name="seen"),
    path("turn/", case.change, name="change"),
    path("messages/", messages.everybody, name="messages"),
    path("messages/<int:person>/", messages.conversation, name="messages-with"),
    path("requests/", requests.all_requests, name="requests"),
    path("requests/papers/", case.ask_for_papers, name="ask-for-papers"),
    path("requests/new/<int:person>/", requests.new, name="ask"),
    path("requests/<int:number>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<int:number>/received/", requests.received, name="received"),
    path("tasks/", tasks.all_tasks, name="tasks"),
    path("tasks/new/<int:person>/", tasks.new, name="add-task"),
    path("tasks/<int:number>/tick/", tasks.tick, name="tick-task"),
    path("tasks/<int:number>/remove/", tasks.remove, name="remove-task"),
    path("notes/", notes.all_notes, name="notes"),
    path("notes/<int:number>/", notes.change, name="change-note"),
    path("notes/<int:number>/delete/", notes.delete, name="delete-note"),
    path("timeline/", timeline.timeline, name="timeline"),
]
