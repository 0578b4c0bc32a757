"""Run the background worker: the queue engine's cluster, ended by SIGTERM or Ctrl-C."""

from __future__ import annotations

import gc
from typing import Any

from django.core.management.base import BaseCommand
from django_q.cluster import Cluster


class Command(BaseCommand):
    help = "Run background work (imports, papers, messages) until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        # What is loaded here is shared with the children as long as nobody writes to it.
        gc.collect()
        gc.freeze()
        cluster = Cluster()
        cluster.start()
        cluster.sentinel.join()
