"""Walk what import-linter cannot see: one app naming another by a string, in Python, templates, models and migrations.

The order of the storeys is read from import-linter's own contract, so that there is one table.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "enggang"
# Functions whose first argument may be the name of a URL, and keywords that carry one.
URL_FUNCTIONS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
URL_KEYWORDS = {"url_name", "success_url_name", "next_page"}
OWN_NAME_DECORATORS = {"act", "job"}
DOTTED = re.compile(r"enggang\.(\w+)(?:\.\w+)*")
LABELLED = re.compile(r"([a-z_]+)\.[A-Z]\w*(?:\.\w+)?")
TEMPLATE_NAME = re.compile(r"[\w/.-]+\.(?:html|txt)")
TAG = re.compile(r"\{%-?\s*(\w+)\s+(.*?)\s*-?%\}", re.DOTALL)
QUOTED = re.compile(r"""["']([^"']*)["']""")


@dataclass(frozen=True)
class Order:
    """Which app may know which: `rank` counts from the bottom, equal ranks are strangers."""

    rank: dict[str, int]

    def allows(self, app: str, other: str) -> bool:
        return app == other or other not in self.rank or self.rank[other] < self.rank[app]


@dataclass
class Owners:
    """To which app the things belong that are named by strings."""

    templates: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)


def read_order(pyproject: Path = ROOT / "pyproject.toml") -> Order:
    contracts = tomllib.loads(pyproject.read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "storeys")
    rank = {}
    for height, layer in enumerate(reversed(layers)):
        for name in re.split(r"[|:]", layer):
            rank[name.strip(" ()")] = height
    return Order(rank)


def app_of(module: str) -> str:
    """The app of a dotted module name, or nothing when it is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "enggang" and len(parts) > 1 else ""


# -- Python ------------------------------------------------------------------------------------------


def names_in_python(text: str, owners: Owners) -> Iterator[tuple[int, str, str]]:
    """(line, app named, the naming string) for every string in Python source that names something of an app."""
    tree = ast.parse(text)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _url_names(node, owners)
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in documentation:
            continue
        if (app := _named(node.value, owners)) is not None:
            yield node.lineno, app, node.value


def _named(value: str, owners: Owners) -> str | None:
    if match := DOTTED.fullmatch(value):
        return match[1]
    if match := LABELLED.fullmatch(value):
        return match[1]
    if TEMPLATE_NAME.fullmatch(value):
        return owners.templates.get(value)
    return None


def _url_names(call: ast.Call, owners: Owners) -> Iterator[tuple[int, str, str]]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    candidates: list[ast.expr] = [keyword.value for keyword in call.keywords if keyword.arg in URL_KEYWORDS]
    if called in URL_FUNCTIONS and call.args:
        candidates.append(call.args[0])
    for node in candidates:
        name = node.value if isinstance(node, ast.Constant) else None
        if isinstance(name, str) and name in owners.urls:
            yield node.lineno, owners.urls[name], name


def foreign_codes(text: str, app: str) -> Iterator[tuple[int, str]]:
    """(line, code) of acts and jobs that do not begin with the name of their own app."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for decorator in node.decorator_list:
            if not (isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in OWN_NAME_DECORATORS):
                continue
            code = decorator.args[0] if decorator.args else None
            if isinstance(code, ast.Constant) and not str(code.value).startswith(f"{app}."):
                yield node.lineno, str(code.value)


# -- templates ---------------------------------------------------------------------------------------


def names_in_template(text: str, owners: Owners) -> Iterator[tuple[int, str, str]]:
    """(line, app named, the naming string) for extends, include, url, load and static."""
    for match in TAG.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for app, name in _names_in_tag(match[1], match[2], owners):
            yield line, app, name


def _names_in_tag(tag: str, rest: str, owners: Owners) -> Iterator[tuple[str, str]]:
    first = QUOTED.match(rest)
    name = first[1] if first else ""
    if tag in {"extends", "include"} and name in owners.templates:
        yield owners.templates[name], name
    elif tag == "url" and name in owners.urls:
        yield owners.urls[name], name
    elif tag == "static" and "/" in name:
        yield name.split("/")[0], name
    elif tag == "load":
        yield from ((owners.libraries[word], word) for word in rest.split() if word in owners.libraries)


# -- what Django knows -------------------------------------------------------------------------------


def related_apps(model: Any) -> Iterator[tuple[str, str]]:
    """(field, app of its target) for every relation of a model that points into one of our apps."""
    for relation in model._meta.get_fields(include_parents=False):
        if not relation.is_relation or relation.auto_created or relation.related_model is None:
            continue
        target = relation.related_model
        # A name instead of a class: nothing of that name is installed.
        app = target.split(".")[0] if isinstance(target, str) else app_of(target.__module__)
        if app:
            yield relation.name, app


def needed_apps(migration: Any) -> Iterator[str]:
    """Labels of the apps whose migrations this one wants before or after itself."""
    for label, _name in [*migration.dependencies, *migration.run_before]:
        yield label


def url_owners(patterns: Iterable[Any], app: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(full name of a URL, app whose urls.py holds it)."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            module = getattr(pattern.urlconf_name, "__name__", pattern.urlconf_name)
            inner = app_of(module) if isinstance(module, str) else app
            space = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_owners(pattern.url_patterns, inner, space)
        elif pattern.name and app:
            yield f"{namespace}{pattern.name}", app


def find_owners() -> Owners:
    from django.template import engines
    from django.urls import get_resolver

    owners = Owners(urls=dict(url_owners(get_resolver().url_patterns)))
    for path in sorted(SOURCE.glob("*/templates/**/*")):
        if path.is_file():
            app, _templates, *name = path.relative_to(SOURCE).parts
            owners.templates["/".join(name)] = app
    for library, module in engines["django"].engine.libraries.items():  # type: ignore[attr-defined]
        if app := app_of(module):
            owners.libraries[library] = app
    return owners
