"""Addresses of stories, under /rapporten/."""

from django.urls import path

from impact.views import my_stories, stories

urlpatterns = [
    path("verhalen/", stories.story_list, name="story_list"),
    path("verhalen/nieuw/<int:candidate>/", stories.story_new, name="story_new"),
    path("verhalen/<int:pk>/", stories.story, name="story"),
    path("verhalen/<int:pk>/wijzig/", stories.story_edit, name="story_edit"),
    path("verhalen/<int:pk>/weg/", stories.story_remove, name="story_remove"),
    path("verhalen/<int:pk>/nalezen/", stories.story_check, name="story_check"),
    path("verhalen/<int:pk>/vraag/", stories.story_ask, name="story_ask"),
    path("verhalen/vraag/<int:pk>/terug/", stories.story_ask_undo, name="story_ask_undo"),
    path("verhalen/<int:pk>/link/", stories.story_link, name="story_link"),
    path("verhalen/<int:pk>/gebruik/", stories.story_use, name="story_use"),
    path("mijn-verhalen/", my_stories.my_stories, name="my_stories"),
    path("mijn-verhalen/<int:pk>/", my_stories.my_story, name="my_story"),
    path("mijn-verhalen/vraag/<int:pk>/", my_stories.my_story_answer, name="my_story_answer"),
]
