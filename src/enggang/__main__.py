"""``python -m enggang`` is the same as ``enggang``."""

from __future__ import annotations

import sys

from enggang.cli import main

sys.exit(main())
