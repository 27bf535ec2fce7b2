"""What holds for every test: a drawn example may take its time, and every run draws the same ones."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A machine that does much else may stand still for longer than an example is given (0.2 s), or its drawing (1 s).
settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")
