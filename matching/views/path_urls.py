"""Addresses of the path of work: hours, what was agreed, what goes on, and what ends in sight."""

from django.urls import path

from matching.views import elsewhere, ends, hours, threads

path_urls = [
    path("plaatsingen/<int:pk>/uren/", hours.hours_new, name="hours_new"),
    path("plaatsingen/uren/<int:pk>/verbeter/", hours.hours_correct, name="hours_correct"),
    path("plaatsingen/veranderd/<int:pk>/terug/", hours.change_undo, name="change_undo"),
    path("plaatsingen/<int:pk>/afspraken/", threads.placement_edit, name="placement_edit"),
    path("plaatsingen/<int:pk>/geschiedenis/", threads.placement_history, name="placement_history"),
    path("plaatsingen/<int:pk>/verder/", threads.placement_go_on, name="placement_go_on"),
    path("plaatsingen/<int:pk>/andere-werkgever/", elsewhere.placement_move, name="placement_move"),
    path("plaatsingen/<int:pk>/urentrap.pdf", threads.placement_path_pdf, name="placement_path_pdf"),
    path("plaatsingen/<int:pk>/wat-volgt/", ends.next_plan, name="next_plan"),
    path("mijn-werk/urentrap.pdf", threads.my_path_pdf, name="my_path_pdf"),
    path("einde-in-zicht/", ends.ending_list, name="ending_list"),
    path("einde-in-zicht.xlsx", ends.ending_sheet, name="ending_sheet"),
]
