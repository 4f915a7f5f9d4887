"""Addresses of the calendar, of sessions and of rooms."""

from __future__ import annotations

from django.urls import URLPattern, path

from scheduling.views import calendar, changes, client, rooms, sessions

urlpatterns: list[URLPattern] = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/events/", calendar.calendar_events, name="calendar_events"),
    path("calendar/people/", calendar.choose_calendar_people, name="choose_calendar_people"),
    path("sessions/new/", sessions.book_session, name="book_session"),
    path("sessions/clients/", sessions.search_session_clients, name="search_session_clients"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/change/", sessions.change_session, name="change_session"),
    path("sessions/<int:pk>/move/", changes.move_session, name="move_session"),
    path("sessions/<int:pk>/cancel/", changes.cancel_session, name="cancel_session"),
    path("sessions/<int:pk>/restore/", changes.restore_session, name="restore_session"),
    path("sessions/<int:pk>/undo/<uuid:undo>/", changes.undo_session_change, name="undo_session_change"),
    path("sessions/<int:pk>/clients/", changes.add_session_client, name="add_session_client"),
    path("attendances/<int:pk>/status/", changes.set_attendance_status, name="set_attendance_status"),
    path("attendances/<int:pk>/remove/", changes.remove_session_client, name="remove_session_client"),
    path("clients/<int:pk>/sessions/", client.client_sessions, name="client_sessions"),
    path("clients/<int:pk>/book/", sessions.book_session, name="book_client_session"),
    path("settings/rooms/", rooms.rooms, name="rooms"),
    path("settings/rooms/add/", rooms.add_room, name="add_room"),
    path("settings/rooms/<int:pk>/", rooms.room, name="room"),
    path("settings/rooms/<int:pk>/use/", rooms.switch_room, name="switch_room"),
]
