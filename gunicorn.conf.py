"""How the web server runs. Each value that differs between machines is read from the environment.

gunicorn reads this file by itself when it is started from the project's folder:
`gunicorn iomsite.wsgi`. docs/settings.md lists the variables.
"""

import os

# Behind a reverse proxy this stays on the loopback address; the proxy speaks to the world.
bind = os.environ.get("BIND", "127.0.0.1:8000")

# Pages are made by short computations and a few queries: plain processes, no threads.
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True  # the code is loaded once and its memory shared

# A page takes milliseconds and the largest import form seconds; longer means stuck.
timeout = 60
graceful_timeout = 30

# A quotation of 2,000 letters in an address is longer than the usual 4,094 bytes.
limit_request_line = 8190

# Renew a worker now and then, not all at the same moment, so that no leak can grow.
max_requests = 5000
max_requests_jitter = 500

# Only from these addresses are X-Forwarded-Proto and its like believed.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")

# The proxy keeps the access log. "-" writes one here too.
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower()

# Heartbeats go to memory: on a disk they can stall a worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

# Nobody steers the server through a socket in the home folder; signals do.
control_socket_disable = True
