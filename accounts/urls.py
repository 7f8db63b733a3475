from django.urls import path

from accounts.views import organisation, own, sign_in, team

app_name = "accounts"
urlpatterns = [
    path("start/", own.start, name="start"),
    path("signed-out/", sign_in.SignedOut.as_view(), name="signed-out"),
    path("switch/", sign_in.Switch.as_view(), name="switch"),
    path("teams/switch/", sign_in.switch_team, name="switch-team"),
    path("invitations/<str:key>/", own.invitation, name="invitation"),
    path("settings/", own.settings, name="settings"),
    path("settings/name/", own.rename, name="rename"),
    path("settings/set-up/", own.set_up, name="set-up"),
    path("settings/team/", team.team, name="team"),
    path("settings/team/members/<int:pk>/", team.member, name="member"),
    path("settings/team/members/<int:pk>/reset-link/", team.reset_link, name="reset-link"),
    path("settings/team/invitations/", team.invite, name="invite"),
    path("settings/team/invitations/<int:pk>/withdraw/", team.withdraw, name="withdraw-invitation"),
    path("settings/team/job-roles/", team.add_job_role, name="add-job-role"),
    path("settings/team/job-roles/<int:pk>/", team.rename_job_role, name="rename-job-role"),
    path("settings/teams/", organisation.teams, name="teams"),
    path("settings/teams/<int:pk>/", organisation.change_team, name="change-team"),
    path("settings/administrators/", organisation.administrators, name="administrators"),
    path("settings/administrators/<int:pk>/remove/", organisation.remove_administrator, name="remove-administrator"),
    path("settings/integrations/", organisation.integrations, name="integrations"),
    path("settings/integrations/<int:pk>/", organisation.integration, name="integration"),
    path("settings/integrations/<int:pk>/end/", organisation.end_integration, name="end-integration"),
    path("settings/tokens/<int:pk>/revoke/", organisation.revoke_token, name="revoke-token"),
    path("settings/devices/", organisation.devices, name="devices"),
    path("settings/devices/<int:pk>/revoke/", organisation.revoke_device, name="revoke-device"),
]
