"""The worker that is killed, with a lease of a few seconds: what is shown is that a batch goes on, not how soon."""

from tests.survival.settings import *  # noqa: F403 -- all of it but the lease
from tests.survival.settings import Q_CLUSTER

JOB_LEASE_SECONDS = 10
Q_CLUSTER = {**Q_CLUSTER, "retry": JOB_LEASE_SECONDS}
