"""Run the background worker until SIGTERM or Ctrl-C: in few processes for one worker, the engine's own cluster for more."""

from __future__ import annotations

import gc
import uuid
from argparse import ArgumentParser
from multiprocessing import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django_q.cluster import Cluster

from enggang.core.jobs import load_jobs
from enggang.core.slow import watch_slow_queue, work_slowly
from enggang.core.worker import LeanSentinel


class Command(BaseCommand):
    requires_system_checks = ()  # they load every page; a worker shows none
    help = "Run background work (imports, papers, messages) until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--slow", action="store_true", help="do the slow work that waits (videos), then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        load_jobs()
        if options["slow"]:
            work_slowly()
            return
        # What is loaded here is shared with the children as long as nobody writes to it.
        gc.collect()
        gc.freeze()
        watch_slow_queue()
        if settings.Q_CLUSTER["workers"] == 1:
            LeanSentinel(Event(), Event(), uuid.uuid4())
        else:
            Cluster().start()
