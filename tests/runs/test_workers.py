"""Work in processes: every item comes back, and one that kills its process is named."""

from __future__ import annotations

import os

from compliance.runs.workers import WorkerCrashed, WorkerPool


def double(number):
    return 2 * number


def die_at_three(number):
    if number == 3:
        os._exit(9)
    return number


def test_every_item_comes_back_with_its_result():
    pool = WorkerPool(double, processes=2)
    assert sorted(pool.run(range(5))) == [(k, 2 * k) for k in range(5)]


def test_item_that_kills_its_process_is_named_and_the_rest_go_on():
    results = dict(WorkerPool(die_at_three, processes=1).run(range(6)))
    assert results.pop(3) == WorkerCrashed()
    assert results == {k: k for k in (0, 1, 2, 4, 5)}


def test_no_items_start_no_process():
    assert list(WorkerPool(double, processes=1).run([])) == []
