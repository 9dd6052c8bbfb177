"""How often anybody may guess before the door closes, and for how long."""

from datetime import timedelta

PER_ACCOUNT = 10
PER_ADDRESS = 50
PERIOD = timedelta(minutes=15)
