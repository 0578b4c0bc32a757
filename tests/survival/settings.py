"""Settings of the worker that is killed: the product's own, with one app more, whose job waits to be killed."""

from enggang.config.settings import *  # noqa: F403 -- the product's settings, whole
from enggang.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.survival"]
