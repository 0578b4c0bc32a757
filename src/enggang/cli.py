"""The one command, ``enggang``. Django is set up only in the processes that need it: what stays alive beside them is small."""

from __future__ import annotations

import argparse
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from enggang import __version__

Handler = Callable[[argparse.Namespace], int]
# Commands that speak to the person at the terminal, in that person's language; the others keep the installation's.
SPEAKING = {"doctor", "setup", "check_ready"}


def _language() -> str:
    """That of the shell: Indonesian where it says so, else English."""
    wanted = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "en")
    return "id" if wanted.startswith("id") else "en"


def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("django", Path(__file__).parent / "locale", languages=[_language()], fallback=True)


_ = _catalogue().gettext


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    handlers: dict[str, Handler] = {"demo": _demo, "serve": _serve, "worker": _worker}
    if given == ["prepare-demo"]:
        return _prepare_demo()
    if not given or given[0] in {*handlers, "-h", "--help", "help", "--version"}:
        options = _parser().parse_args(["--help"] if not given or given == ["help"] else given)
        return handlers[options.command](options)
    # Everything else is a command of an app: doctor, roster and so on; "manage" may be said or left out.
    return manage(given[1:] if given[0] == "manage" else given)


def manage(arguments: Sequence[str]) -> int:
    """Run a command that an app brings."""
    import django
    from django.core.management import ManagementUtility

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enggang.config.settings")
    if arguments and arguments[0] in SPEAKING:
        from django.utils import translation

        django.setup()
        translation.activate(_language())
    ManagementUtility(["enggang", *arguments]).execute()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="enggang",
        description=_("Train civil servants, stage events, show the region, prove what moved."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_(
            "Commands of the apps, with or without the word manage:\n"
            "  enggang setup     bring the database up to date and load the reference data\n"
            "  enggang doctor    is everything in order? [--invariants] [--json]\n"
            "  enggang help      this list; enggang manage help shows all of them"
        ),
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help=_("show the product with demonstration data, from an empty folder"))
    demo.add_argument("--port", type=_port, help=_("the port to answer on (else PORT, else 8000)"))
    demo.add_argument("--lan", action="store_true", help=_("answer to other devices on this network too"))
    serve = commands.add_parser("serve", help=_("answer requests (ENGGANG_WORKERS processes)"))
    serve.add_argument("--host", default="127.0.0.1", help=_("the address to listen on (127.0.0.1)"))
    serve.add_argument("--port", type=_port, help=_("the port to answer on (else PORT, else 8000)"))
    commands.add_parser("worker", help=_("do the background work"))
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535, not {text}").format(text=text))
    return int(text)


def _chosen_port(options: argparse.Namespace) -> int:
    if options.port:
        return int(options.port)
    try:
        return _port(os.environ.get("PORT") or "8000")
    except argparse.ArgumentTypeError as error:
        raise SystemExit(f"PORT: {error}") from None


def _demo(options: argparse.Namespace) -> int:
    from enggang import supervisor

    return supervisor.run_demo(port=_chosen_port(options), lan=options.lan, say=_)


def _serve(options: argparse.Namespace) -> int:
    """Check, publish the static files, then become the web server (so that one process takes the signals)."""
    port = _chosen_port(options)
    os.environ["PORT"] = str(port)
    supervised = bool(os.environ.get("ENGGANG_SUPERVISED"))
    if not supervised and (code := _run(["check_ready"])):
        return code
    from enggang import supervisor

    return supervisor.become_web(host=options.host, port=port, quiet=supervised)


def _worker(options: argparse.Namespace) -> int:
    from enggang import supervisor

    supervisor.end_with_parent()
    return manage(["run_worker"])


def _prepare_demo() -> int:
    """Both steps in one process: starting Django twice would cost a second of every start."""
    return manage(["prepare_demo"]) or manage(["publish_static"])


def _run(arguments: list[str]) -> int:
    """A command in a process of its own, so that what it loaded is gone with it."""
    import subprocess

    return subprocess.call([sys.executable, "-m", "enggang", "manage", *arguments])


if __name__ == "__main__":
    sys.exit(main())
