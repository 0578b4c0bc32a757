"""The message catalogues, without xgettext: gather every message from code and templates, and keep every language complete.

    python tools/messages.py                 write all catalogues anew, keeping what is translated
    python tools/messages.py --check         say what is missing; exit code 1 when anything is
    python tools/messages.py merge FILE...   take Indonesian translations from other .po files, then write

English is the language of the code, so its catalogue is filled from the messages themselves. A language for guests alone
(``GUESTS``) holds what visitors touch (``tools/faces.py``) and nothing else; the rest falls back on Indonesian.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import normalize, read_po

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a file it stands beside its own package

from tools.faces import READERS, VISITORS

SOURCE = Path(__file__).resolve().parent.parent / "src" / "enggang"
LOCALE = SOURCE / "locale"
PLURALS = {
    "id": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "ms": "nplurals=1; plural=0;",
    "zh_Hans": "nplurals=1; plural=0;",
}
GUESTS = {"ms": VISITORS, "zh_Hans": READERS}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(["_", "__", "_now", "_text", "gettext", "gettext_lazy", "gettext_noop", "say"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|(?<!\{)\{\w*(?:\.\w+)?(?:![rs])?(?::[^{}]*)?\}(?!\})")


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """What names a message: context (or nothing), singular, plural (or nothing)."""

    singular: str
    context: str = ""
    plural: str = ""


Translations = dict[Key, list[str]]  # one text per plural form of the language


def gather(source: Path = SOURCE) -> dict[Key, str]:
    """Every message in Python and templates below `source`, with the first place it was seen."""
    found: dict[Key, str] = {}
    for path in sorted(source.rglob("*")):
        if "migrations" in path.parts or not path.is_file():
            continue
        if path.suffix == ".py":
            messages = _of_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            messages = _of_template(path.read_text(encoding="utf-8"), str(path))
        else:
            continue
        for line, key in messages:
            found.setdefault(key, f"{path.relative_to(source)}:{line}")
    return found


def wanted_in(language: str, everything: dict[Key, str], source: Path = SOURCE) -> dict[Key, str]:
    """What the catalogue of a language has to hold."""
    if language not in GUESTS:
        return everything
    return {key: everything[key] for line in GUESTS[language] for key in _of_face(line, source) if key in everything}


def _of_face(line: str, source: Path) -> Iterator[Key]:
    where, _hash, message = line.partition("#")
    pattern, _colon, name = where.partition(":")
    paths = sorted(source.glob(pattern))
    if not paths:
        raise ValueError(f"{line}: no such file below {source}")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            found = _of_template(text, str(path))
        else:
            found = _of_python(_part_named(text, name) if name else text)
        yield from (key for _line, key in found if message in {"", key.singular})


def _part_named(text: str, name: str) -> str:
    """The source of one class or constant of a module."""
    for node in ast.parse(text).body:
        names = [node.name] if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names = [node.target.id]
        if isinstance(node, ast.Assign):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
        if name in names:
            return ast.unparse(node)
    raise ValueError(f"nothing is called {name}")


def _of_python(text: str) -> Iterator[tuple[int, Key]]:
    """By the syntax tree, which looks into f-strings as well."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := _called(node)) in KEYWORDS:
            said = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            singular, plural, context = _places(said, KEYWORDS[name])
            if singular:
                yield node.lineno, Key(singular, context, plural)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _places(said: Sequence[object], spec: tuple[int | tuple[int, str], ...] | None) -> tuple[str, str, str]:
    """Message, plural and context among the arguments; empty where there is none or it is no plain text."""
    context, texts = "", []
    for place in spec or (1,):
        number = place[0] if isinstance(place, tuple) else place
        text = said[number - 1] if number <= len(said) else None
        if isinstance(place, tuple):
            context = text if isinstance(text, str) else ""
        else:
            texts.append(text if isinstance(text, str) else "")
    return texts[0], texts[1] if len(texts) > 1 else "", context


def _of_lines(text: str) -> Iterator[tuple[int, Key]]:
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield line, Key(singular, context or "", plural)


def _of_template(text: str, origin: str) -> Iterator[tuple[int, Key]]:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    # Django turns a template into something like Python; its indentation means nothing.
    lines = templatize(text, origin=origin).splitlines()
    yield from _of_lines("\n".join(line.strip() for line in lines) + "\n")


def read(language: str, path: Path | None = None) -> tuple[Translations, list[str]]:
    """The translations of a catalogue, and what in it is marked fuzzy."""
    with (path or catalogue_path(language)).open("rb") as handle:
        catalogue: Catalog = read_po(handle, locale=language)
    translations: Translations = {}
    fuzzy = []
    for message in catalogue:
        if not message.id:
            continue
        singular, plural = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
        texts = list(message.string) if isinstance(message.string, (tuple, list)) else [message.string or ""]
        translations[Key(singular, message.context or "", plural)] = texts
        if message.fuzzy:
            fuzzy.append(singular)
    return translations, fuzzy


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def complete(language: str, wanted: dict[Key, str], known: Translations) -> Translations:
    """`known` cut to what is wanted; English fills itself."""
    if language == "en":
        return {key: [key.singular, key.plural] if key.plural else [key.singular] for key in wanted}
    return {key: known.get(key) or _lenient(key, known) for key in wanted}


def _lenient(key: Key, known: Translations) -> list[str]:
    """A message that only gained or lost its plural keeps its translation, since Indonesian and Malay have one form."""
    same = (texts for other, texts in known.items() if (other.singular, other.context) == (key.singular, key.context))
    return next(same, [""])[:1]


def write(language: str, translations: Translations) -> str:
    header = (
        f"Project-Id-Version: enggang\nLanguage: {language}\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: {PLURALS[language]}\n"
    )
    entries = [_entry(key, translations[key]) for key in sorted(translations)]
    return "\n".join([f'msgid ""\nmsgstr {normalize(header, width=0)}\n', *entries])


def _entry(key: Key, texts: list[str]) -> str:
    lines = [f"msgctxt {normalize(key.context, width=120)}"] if key.context else []
    lines.append(f"msgid {normalize(key.singular, width=120)}")
    if key.plural:
        lines.append(f"msgid_plural {normalize(key.plural, width=120)}")
        lines += [f"msgstr[{n}] {normalize(text, width=120)}" for n, text in enumerate(texts)]
    else:
        lines.append(f"msgstr {normalize(texts[0], width=120)}")
    return "\n".join(lines) + "\n"


def problems(language: str, everything: dict[Key, str]) -> list[str]:
    """Every way in which a catalogue falls short, one sentence each; empty when it is complete."""
    wanted, (known, fuzzy) = wanted_in(language, everything), read(language)
    found = [f"{place}: no entry for {key.singular!r}" for key, place in wanted.items() if key not in known]
    found += [f"unused entry {key.singular!r}" for key in known if key not in wanted]
    found += [f"fuzzy entry {text!r}" for text in fuzzy]
    for key, texts in known.items():
        if key in wanted:
            found += [f"{wanted[key]}: {wrong}" for wrong in _wrong(language, key, texts)]
    return [f"{language}: {line}" for line in sorted(found)]


def _wrong(language: str, key: Key, texts: list[str]) -> Iterator[str]:
    forms = int(PLURALS[language][len("nplurals=")]) if key.plural else 1
    if len(texts) != forms or not all(text.strip() for text in texts):
        yield f"no translation of {key.singular!r}"
        return
    # A plural may leave the number out of its singular ("one seat"), so the longer set is what must be met.
    allowed = [placeholders(key.singular), placeholders(key.plural or key.singular)]
    for text in texts:
        if placeholders(text) not in allowed:
            yield f"placeholders of {key.singular!r} and {text!r} differ"


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def update(extra: list[Path]) -> int:
    wanted = gather()
    for language in PLURALS:
        known, _fuzzy = read(language)
        if language == "id":
            for path in extra:
                _take(path, known, wanted)
        text = write(language, complete(language, wanted_in(language, wanted), known))
        if text != catalogue_path(language).read_text(encoding="utf-8"):
            catalogue_path(language).write_text(text, encoding="utf-8")
    return report(wanted, quiet=True)


def _take(path: Path, known: Translations, wanted: dict[Key, str]) -> None:
    given, _fuzzy = read("id", path)
    unused = 0
    by_name = {(key.singular, key.context): key for key in wanted}
    for key, texts in given.items():
        if (target := by_name.get((key.singular, key.context))) is None:
            unused += 1
            continue
        if not texts[0]:
            continue
        if (old := known.get(target, [""])[0]) not in {"", texts[0]}:
            print(f"{path.name}: {key.singular!r}: {old!r} becomes {texts[0]!r}")
        known[target] = texts[:1]
    if unused:
        print(f"{path.name}: {unused} messages that no code uses")


def report(wanted: dict[Key, str], *, quiet: bool = False) -> int:
    """Print what is wrong with both catalogues; answers 1 when anything is."""
    wrong = [line for language in PLURALS for line in problems(language, wanted)]
    for line in wrong if not quiet else wrong[:20]:
        print(line)
    print(f"{len(wanted)} messages, {len(wrong)} problems")
    return int(bool(wrong))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    parser.add_argument("command", nargs="?", choices=["merge"], help="take translations from files")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    return report(gather()) if options.check else update(options.files)


if __name__ == "__main__":
    sys.exit(main())
