"""Measure the import of the UN General Debate Corpus: wall time, peak memory, rows.

    python benchmarks/imports.py [corpus.jsonl.xz]

Works in an empty SQLite database of its own, or in the one that DATABASE_URL names, which
must be empty. The corpus is looked for in the folder IOMSITE_SHARED, or `../shared`.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("IOMSITE_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "data" / "ungdc.jsonl.xz"
BUDGET_SECONDS, BUDGET_MEGABYTES = 360, 1024
COUNT = """
from django.apps import apps
for label in ("speeches", "initiatives"):
    for model in apps.get_app_config(label).get_models():
        print(f"{model.__name__:20}{model.objects.count():>10}")
"""


def manage(*arguments: str) -> float:
    """Run a command of the project and return its wall time.

    A command that reports problems in single rows has still done its work.
    """
    began = time.perf_counter()
    code = subprocess.run([sys.executable, ROOT / "manage.py", *arguments], check=False).returncode
    if code not in (0, 1):
        sys.exit(code)
    return time.perf_counter() - began


def main(corpus: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        os.environ["DATA_DIR"] = folder
        manage("migrate", "--verbosity=0")
        directory = manage("import_directory", "--publish")
        speeches = manage(
            "import_speeches", str(corpus), "--mapping", "un_general_debate", "--publish"
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        megabytes = used.ru_maxrss / 1024
        again = manage("import_speeches", str(corpus), "--mapping", "un_general_debate")
        manage("shell", "--verbosity=0", "-c", COUNT)
    print(f"database          {os.environ['DATABASE_URL'].partition(':')[0]}")
    print(f"directory         {directory:8.1f} s")
    print(f"speeches          {speeches:8.1f} s   (budget {BUDGET_SECONDS} s)")
    print(f"processor so far  {used.ru_utime + used.ru_stime:8.1f} s")
    print(f"the same again    {again:8.1f} s")
    print(f"peak memory       {megabytes:8.0f} MB  (budget {BUDGET_MEGABYTES} MB)")
    return int(speeches > BUDGET_SECONDS or megabytes > BUDGET_MEGABYTES)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if not path.is_file():
        sys.exit(f"No corpus at {path}. Set IOMSITE_SHARED to the folder that holds data/.")
    sys.exit(main(path))
