"""What Typer itself says, in Norwegian: help pages and complaints about the command line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# Typer's own words on a help page, with ours.
_HELP = (
    (re.compile(r"^Usage: ", re.MULTILINE), "Bruk: "),
    (re.compile(r"^Arguments:$", re.MULTILINE), "Argumenter:"),
    (re.compile(r"^Options:$", re.MULTILINE), "Valg:"),
    (re.compile(r"^Commands:$", re.MULTILINE), "Kommandoer:"),
    (re.compile(r"\[OPTIONS\]"), "[VALG]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "KOMMANDO ..."),
    (re.compile(r"Show this message and exit\."), "Vis denne hjelpen."),
    (re.compile(r"\[required\]"), "[må oppgis]"),
)
_TYPE = re.compile(r"(?<=\S) <(?:path|str|list\[\w+\])>(?=  )")  # of an argument: says nothing to a planner
# Its complaints; {0}, {1} … are the groups. A complaint that is not here is shown as it is.
_COMPLAINTS = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", "Valget {0} finnes ikke. Mente du {1}?"),
    (r"No such option: (\S+)", "Valget {0} finnes ikke."),
    (r"No such command '(.+)'\. Did you mean (.+)\?", "Kommandoen «{0}» finnes ikke. Mente du {1}?"),
    (r"No such command '(.+)'\.", "Kommandoen «{0}» finnes ikke."),
    (r"Missing option '(.+)'\.", "Valget {0} må oppgis."),
    (r"Missing argument '(.+)'\.", "{0} må oppgis."),
    (r"Missing command\.", "Kommandoen må oppgis."),
    (r"Option '(.+)' requires an argument\.", "Valget {0} må ha en verdi."),
    (r"Option '(.+)' does not take a value\.", "Valget {0} skal ikke ha en verdi."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "For mange argumenter: {0}."),
    (r"Invalid value for '(.+)': (?:Value error, )?'(.+)' is not one of (.+)\.", "{0}: «{1}» er ikke en av {2}."),
    (r"Invalid value for '(.+)': Input should be a valid integer.*", "{0} skal være et helt tall."),
    (r"Invalid value for '(.+)': Input should be less than or equal to (\S+)", "{0} skal være høyst {1}."),
    (r"Invalid value for '(.+)': Input should be greater than or equal to (\S+)", "{0} skal være minst {1}."),
    (r"Invalid value: (.+)", "{0}"),  # our own
    (r"Invalid value for '(.+)': .*'(.+)' does not exist\.", "{0}: {1} finnes ikke."),
    (r"Invalid value for '(.+)': .*'(.+)' is not readable\.", "{0}: {1} kan ikke leses. Sjekk at du har tilgang."),
    (r"Invalid value for '(.+)': .*'(.+)' is a file\.", "{0}: {1} er en fil, ikke en mappe."),
    (r"Invalid value for '(.+)': .*'(.+)' is a directory\.", "{0}: {1} er en mappe, ikke en fil."),
)


class Command(TyperCommand):
    """A command whose help page is all in Norwegian."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return what is left of the arguments. An empty one is a script's variable that is not set.

        An option of plain text may be given nothing.
        """
        options: list[Any] = list(self.params)
        of_text = {name for option in options if option.bare_type() == "str" for name in option.opts}
        if any(not arg and before not in of_text for before, arg in pairwise(["", *args])):
            raise typer.BadParameter("Et argument er tomt. Er en variabel i skriptet ikke satt?", ctx=ctx)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translate_help(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is all in Norwegian."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _translate_help(super().get_help(ctx))


def describe_complaint(error: typer.TyperException) -> str:
    """Return what is wrong with the command line and where its help is, as lines for stderr."""
    said = error.format_message()
    context = getattr(error, "ctx", None)  # of a complaint about usage: the command it is about
    if context is None:
        return f"Feil: {_translate_complaint(said)}\n"
    if said == context.get_help():  # a command that shows its help when it is given nothing
        return f"{said}\n"
    return f"Feil: {_translate_complaint(said)}\nSe {context.command_path} --help.\n"


def _translate_help(page: str) -> str:
    for pattern, words in _HELP:
        page = pattern.sub(words, page)
    return _TYPE.sub(lambda match: " " * len(match[0]), page)


def _translate_complaint(said: str) -> str:
    for pattern, words in _COMPLAINTS:
        if match := re.fullmatch(pattern, said):
            return re.sub(r"'([^']*)'", r"«\1»", words.format(*match.groups()))
    return said
