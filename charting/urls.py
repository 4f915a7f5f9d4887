"""Pages of documentation."""

from __future__ import annotations

from django.urls import URLPattern, path

from charting.views import lists, notes, signing

urlpatterns: list[URLPattern] = [
    path("documentation/", lists.documentation, name="documentation"),
    path("documentation/<int:pk>/", notes.note, name="note"),
    path("documentation/<int:pk>/save/", notes.save_note, name="save_note"),
    path("documentation/<int:pk>/upload/", notes.upload_note, name="upload_note"),
    path("documentation/<int:pk>/file/", notes.note_file, name="note_file"),
    path("documentation/<int:pk>/file/remove/", notes.remove_note_file, name="remove_note_file"),
    path("documentation/<int:pk>/elsewhere/", notes.keep_note_elsewhere, name="keep_note_elsewhere"),
    path("documentation/<int:pk>/here/", notes.keep_note_here, name="keep_note_here"),
    path("documentation/<int:pk>/sign/", signing.sign_note, name="sign_note"),
    path("documentation/<int:pk>/reopen/", signing.reopen_note, name="reopen_note"),
    path("documentation/<int:pk>/cosign/", signing.cosign_note, name="cosign_note"),
    path("documentation/<int:pk>/return/", signing.return_note, name="return_note"),
]
