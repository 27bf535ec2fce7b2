"""A study of many municipalities: a corpus in, tables out in which every number leads to its rows (docs/study.md)."""
