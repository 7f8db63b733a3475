"""allauth's pages at our addresses, under the names by which allauth finds them."""

from django.urls import path, re_path

from accounts.views import sign_in as views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("password/change/", views.PasswordChange.as_view(), name="account_change_password"),
    path("password/set/", views.PasswordSet.as_view(), name="account_set_password"),
    path("password/reset/", views.PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.PasswordResetDone.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.PasswordResetFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.PasswordResetFromKeyDone.as_view(), name="account_reset_password_from_key_done"),
    path("settings/sessions/", views.Sessions.as_view(), name="usersessions_list"),
]
