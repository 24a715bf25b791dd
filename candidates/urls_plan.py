"""Addresses of the plan and of how it goes."""

from django.urls import URLPattern, URLResolver, path

from candidates.views import my_plan, plan, wellbeing

PATTERNS: list[URLPattern | URLResolver] = [
    path("mijn/plan/", my_plan.my_plan, name="my_plan"),
    path("mijn/plan.pdf", my_plan.my_plan_pdf, name="my_plan_pdf"),
    path("mijn/plan/doel/", my_plan.my_goal_add, name="my_goal_add"),
    path("mijn/plan/doel/<int:goal>/stand/", my_plan.my_goal_end, name="my_goal_end"),
    path("mijn/plan/doel/<int:goal>/stap/", my_plan.my_step_add, name="my_step_add"),
    path("mijn/plan/stap/<int:step>/gedaan/", my_plan.my_step_tick, name="my_step_tick"),
    path("mijn/plan/stap/<int:step>/toch-niet/", my_plan.my_step_untick, name="my_step_untick"),
    path("mijn/hoe-gaat-het/", wellbeing.my_course, name="my_course"),
    path("mijn/hoe-gaat-het/vertel/", wellbeing.my_wellbeing, name="my_wellbeing"),
    path("<int:pk>/verloop/", wellbeing.course, name="course"),
    path("<int:pk>/hoe-gaat-het/", wellbeing.wellbeing_add, name="wellbeing_add"),
    path("<int:pk>/plan/", plan.plan, name="plan"),
    path("<int:pk>/plan.pdf", plan.plan_pdf, name="plan_pdf"),
    path("<int:pk>/plan/doel/", plan.goal_add, name="goal_add"),
    path("<int:pk>/plan/doel/<int:goal>/", plan.goal_edit, name="goal_edit"),
    path("<int:pk>/plan/doel/<int:goal>/stand/", plan.goal_end, name="goal_end"),
    path("<int:pk>/plan/doel/<int:goal>/plek/", plan.goal_move, name="goal_move"),
    path("<int:pk>/plan/doel/<int:goal>/stap/", plan.step_add, name="step_add"),
    path("<int:pk>/plan/stap/<int:step>/", plan.step_edit, name="step_edit"),
    path("<int:pk>/plan/stap/<int:step>/weg/", plan.step_remove, name="step_remove"),
    path("<int:pk>/plan/stap/<int:step>/plek/", plan.step_move, name="step_move"),
    path("<int:pk>/plan/stap/<int:step>/gedaan/", plan.step_tick, name="step_tick"),
    path("<int:pk>/plan/stap/<int:step>/toch-niet/", plan.step_untick, name="step_untick"),
]
