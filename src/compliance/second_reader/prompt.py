"""What the second reader is sent: the guide and the goals, then one passage; and the form its answer must have."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from compliance.guidelines.sets import Goal
from compliance.records import Level, Passage, Reading
from compliance.second_reader.answer import MAX_GOALS
from compliance.second_reader.reply import JsonObject

MAX_TOKENS = 2000  # of an answer; eight goals with their quotes take under 600, the rest is for models that think aloud


class Convention(BaseModel):
    """Where neighbouring goals part."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goals: tuple[str, ...]
    text: str


class Prompt(BaseModel):
    """The texts of `prompt.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str
    goal: str
    conventions: tuple[Convention, ...]

    @property
    def sha256(self) -> str:
        """A hash of the texts: figures measured with other texts do not speak for these."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def instruct(self, goals: Sequence[Goal]) -> str:
        """Return the first message: the guide with these goals in it."""
        known = {goal.id for goal in goals}
        borders = [each.text for each in self.conventions if known.issuperset(each.goals)]
        return self.system.strip().format(
            goals="\n".join(self._describe_goal(goal) for goal in goals),
            conventions="\n".join(f"- {text}" for text in borders),
        )

    def _describe_goal(self, goal: Goal) -> str:
        said = {
            "title": goal.title.nb,
            "statement": goal.statement.nb,
            "not_counted": goal.not_counted.nb,
        }
        return self.goal.format(id=goal.id, **{name: " ".join(text.split()) for name, text in said.items()})


@cache
def load_prompt() -> Prompt:
    """Return the packaged texts."""
    content = files("compliance.second_reader").joinpath("prompt.toml").read_text(encoding="utf-8")
    return Prompt.model_validate(tomllib.loads(content))


@dataclass(frozen=True, slots=True)
class Question:
    """One passage as it is sent: all but the model's name."""

    body: JsonObject
    sha256: str  # of the body


def make_question(passage: Passage, reading: Reading, *, instruction: str, goal_ids: Sequence[str]) -> Question:
    """Return what is sent of a passage: its headings, the lead-in of its list, its text; nothing else of the file."""
    lead_in = next((each.text for each in reading.passages if each.id == passage.lead_in), "")
    shown = {"headings": list(passage.section), "lead_in": lead_in, "passage": passage.text}
    content = json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace").decode()  # a broken file: half a pair
    form = {"name": "lesning", "strict": True, "schema": make_schema(goal_ids)}
    body = {
        "messages": [
            {"role": "system", "content": instruction},
            {"role": "user", "content": content},
        ],
        "temperature": 0,
        "max_tokens": MAX_TOKENS,
        "stream": False,
        "response_format": {"type": "json_schema", "json_schema": form},
    }
    return Question(body, hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest())


def make_schema(goal_ids: Sequence[str]) -> JsonObject:
    """Return the JSON schema that an answer is bound to; `answer.Answer` checks the same again."""
    goal = _make_object(goal={"type": "string", "enum": list(goal_ids)}, quote={"type": "string", "minLength": 1})
    return _make_object(
        goals={"type": "array", "items": goal, "maxItems": MAX_GOALS},
        level={"type": "string", "enum": [level.value for level in Level]},
    )


def _make_object(**properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
