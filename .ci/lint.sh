#!/usr/bin/env bash
# Every check that runs no test. Runs all of them, then fails if one did.
# The tools are taken from PATH: `make lint` puts the virtual environment's in front.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()

check() {
    local name=$1
    shift
    if "$@"; then
        printf '  ok      %s\n' "$name"
    else
        printf '  FAILED  %s\n' "$name"
        failed+=("$name")
    fi
}

templates() {
    git ls-files --cached --others --exclude-standard 'templates/*.html' \
        | xargs -r djade --check --target-version 5.2
}

layers() {
    local answer
    answer=$(lint-imports --no-cache 2>&1) || { printf '%s\n' "$answer"; return 1; }
}

migrations() {
    python manage.py makemigrations --check --dry-run --verbosity 1 > /dev/null || {
        echo "Models and migrations differ: run manage.py makemigrations."
        return 1
    }
}

# As a production site is set up: a key of its own, a host, HTTPS; any warning fails.
production() {
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        HTTPS=on ALLOWED_HOSTS=speeches.example.org DEBUG=off \
        python manage.py check --deploy --fail-level WARNING > /dev/null
}

check "ruff check: mistakes and traps in Python" ruff check --quiet .
check "ruff format: one form of Python" ruff format --check --quiet .
check "djade: one form of templates" templates
check "mypy: types" mypy --no-error-summary
check "import-linter: layers" layers
check "makemigrations --check: no migration is missing" migrations
check "check --deploy: production settings" production

if ((${#failed[@]})); then
    printf '%s of the linters failed.\n' "${#failed[@]}"
    exit 1
fi
