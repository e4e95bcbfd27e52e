from django.urls import path

from .views import firms, invitations, lists, members

app_name = "firms"

urlpatterns = [
    path("", firms.mine, name="mine"),
    path("new/", firms.new, name="new"),
    path("invitation/<str:key>/", invitations.invitation, name="invitation"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/invite/", members.invite_member, name="invite-member"),
    path("<slug:slug>/members/leave/", members.leave, name="leave-members"),
    path("<slug:slug>/members/<int:pk>/", members.member, name="member"),
    path("<slug:slug>/members/<int:pk>/remove/", members.remove_member, name="remove-member"),
    path("<slug:slug>/members/invitations/<int:pk>/", members.withdraw_invitation, name="withdraw-member-invitation"),
    path("<slug:slug>/settings/", firms.settings, name="settings"),
    path("<slug:slug>/settings/stages/", lists.stages, name="stages"),
    path("<slug:slug>/settings/stages/<int:pk>/", lists.stage, name="stage"),
    path("<slug:slug>/settings/stages/<int:pk>/move/", lists.move_stage, name="move-stage"),
    path("<slug:slug>/settings/stages/<int:pk>/remove/", lists.remove_stage, name="remove-stage"),
    path("<slug:slug>/settings/labels/", lists.labels, name="labels"),
    path("<slug:slug>/settings/labels/<int:pk>/", lists.label, name="label"),
    path("<slug:slug>/settings/labels/<int:pk>/remove/", lists.remove_label, name="remove-label"),
    path("<slug:slug>/settings/templates/", lists.templates, name="templates"),
    path("<slug:slug>/settings/templates/new/", lists.new_template, name="new-template"),
    path("<slug:slug>/settings/templates/<int:pk>/", lists.template, name="template"),
    path("<slug:slug>/settings/templates/<int:pk>/remove/", lists.remove_template, name="remove-template"),
]
