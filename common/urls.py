"""Pages that belong to no concept."""

from django.urls import path

from common import gallery

urlpatterns = [path("gallery/", gallery.gallery, name="gallery")]
