#!/usr/bin/env bash
# Write constraints.txt: one version of every package for all Pythons that the site supports.
# Usage: .ci/lock.sh path/to/uv [--upgrade]
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$1
shift
lock=$(mktemp)
trap 'rm -f "$lock"' EXIT
cp constraints.txt "$lock"
"$uv" pip compile --universal --python-version 3.11.2 --only-binary :all: \
    --fork-strategy fewest --no-header --no-annotate --quiet "$@" \
    --output-file "$lock" requirements-dev.txt > /dev/null
{
    echo "# Every package that requirements-dev.txt brings along, each at one version for all of"
    echo "# Python 3.11.2 to 3.13. Written by \`make lock\`; do not edit by hand."
    grep -v '^#' "$lock"
} > constraints.txt
