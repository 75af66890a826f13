# `make` alone prints the targets. Settings are given as `make run PORT=9000` or in the environment.
PYTHON ?= python3
VENV := .venv/bin
COMPILE := --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help run test lint format messages bench requirements clean ready ready-dev

help: ## Menampilkan daftar ini
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-13s %s\n' "$$name" "$$what"; done

run: ready ## Menyiapkan dan menjalankan portal; berhenti dengan Ctrl-C
	@exec $(VENV)/python manage.py run

test: ready-dev ## Menjalankan semua uji: SQLite, PostgreSQL, dan peramban
	@exec $(VENV)/python site/bin/run_tests.py

lint: ready-dev ## Memeriksa gaya, arah impor, migrasi, pengaturan, dokumen, dan terjemahan
	$(VENV)/python -m ruff check --output-format concise .
	$(VENV)/python -m ruff format --check .
	PYTHONPATH=site $(VENV)/lint-imports --no-logo
	$(VENV)/python manage.py makemigrations --check --dry-run
	$(VENV)/python manage.py check --fail-level WARNING
	$(VENV)/python manage.py document --check
	$(VENV)/python manage.py messages --check
	$(VENV)/python site/bin/check_files.py

format: ready-dev ## Merapikan gaya kode
	$(VENV)/python -m ruff check --fix .
	$(VENV)/python -m ruff format .

messages: ready-dev ## Mengumpulkan kalimat antarmuka untuk diterjemahkan di site/locale/en
	$(VENV)/python manage.py messages

bench: ready-dev ## Mengukur kecepatan dengan sejuta laporan; sebagian: make bench N=100000 ON=sqlite PART=search
	@exec $(VENV)/python -m tests.bench --count "$(N)" --on "$(ON)" --part "$(PART)"

requirements: ready-dev ## Memperbarui versi paket beserta hash-nya
	$(VENV)/uv pip compile pyproject.toml $(COMPILE) --output-file requirements.txt
	$(VENV)/uv pip compile --group install $(COMPILE) --output-file site/bin/installer.txt
	$(VENV)/uv pip compile pyproject.toml --group dev $(COMPILE) --constraints requirements.txt --output-file requirements-dev.txt

clean: ## Menghapus cache; data di var/ dan lingkungan Python tidak disentuh
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

ready ready-dev:
	@command -v $(PYTHON) >/dev/null || { echo "Pendopo memerlukan Python 3.11 atau lebih baru; $(PYTHON) tidak ada di komputer ini." >&2; exit 1; }
	@exec $(PYTHON) site/bin/prepare.py $(if $(filter ready-dev,$@),--dev)
