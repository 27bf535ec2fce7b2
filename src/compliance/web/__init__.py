"""`compliance serve`: the check of a draft in a browser, on the planner's own machine. Only here is HTTP served."""
