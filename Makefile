# Every target is a thin line over dotnet or a script; `make help` is generated from the ## comments.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run simulate-enhanced simulate-black-friday simulate-stress-test simulate-docker dev-env dev-env-down dev-env-logs test-scenarios test-scenario test-concurrent test-dashboard pictures export-test-data backfill monitor-cardinality study validate-config build test lint format bench ci

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

# Extra flags for the program: make run ARGS="--users 1000 --speed 10".
ARGS ?=
PLAY :=
# What export-test-data plays, and where it writes.
RUNS := baseline black_friday
DATA := test_data
# Which history backfill writes, and where.
DURATION ?= 30d
INTERVAL ?= 15s
FROM ?=
BLOCKS := data
# The Prometheus that monitor-cardinality and test-dashboard look at.
PROMETHEUS ?= http://localhost:9090
PROGRAM := dotnet src/MetricsSim/bin/Release/net10.0/metricssim.dll
BUILD_PROGRAM := dotnet build src/MetricsSim -c Release -v quiet
COMPOSE := docker compose -f docker-compose.dev.yml

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-24s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Build and serve: control on localhost:8000, metrics on localhost:8001 (ARGS="…" adds flags)
	@$(BUILD_PROGRAM)
	@$(PROGRAM) serve $(PLAY) $(ARGS)

simulate-enhanced: run ## The same as run

simulate-black-friday: PLAY := --scenario black_friday --compress 8
simulate-black-friday: run ## Serve Black Friday, its 4 h timeline in 30 min

simulate-stress-test: PLAY := --scenario stress_test --compress 4
simulate-stress-test: run ## Serve the stress test, its timeline 4 times faster

simulate-docker: ## Build the image and serve from it, control on localhost:8000, metrics on localhost:8001
	@scripts/need-docker.sh
	docker build -f deploy/Dockerfile -t metricssim:dev .
	docker run --rm --read-only --tmpfs /tmp --tmpfs /data:uid=1654,gid=1654 -p 127.0.0.1:8000:8000 -p 127.0.0.1:8001:8001 \
		-e METRICSSIM_API_KEY="$${METRICSSIM_API_KEY:-development-only}" metricssim:dev serve --host '*' $(ARGS)

dev-env: ## Bring up simulator, Prometheus, Grafana, Alertmanager, collector and nginx in containers (docs/compose.md)
	@scripts/need-docker.sh compose
	$(COMPOSE) up --build --detach --wait

dev-env-down: ## Stop them; their data stays (ARGS=--volumes deletes it)
	@scripts/need-docker.sh compose
	$(COMPOSE) down $(ARGS)

dev-env-logs: ## Follow their logs (ARGS=prometheus: of one)
	@scripts/need-docker.sh compose
	$(COMPOSE) logs --follow $(ARGS)

test-scenarios: ## Play every scenario in virtual time and judge it; results in test_results/
	@$(BUILD_PROGRAM)
	@$(PROGRAM) run --all $(ARGS)

test-scenario: ## Play one scenario and judge it: make test-scenario SCENARIO=black_friday
	@test -n "$(SCENARIO)" || { echo "test-scenario: say which: make test-scenario SCENARIO=black_friday" >&2; exit 2; }
	@$(BUILD_PROGRAM)
	@$(PROGRAM) run $(SCENARIO) $(ARGS)

test-concurrent: ## Play every scenario side by side; the same results as test-scenarios
	@$(BUILD_PROGRAM)
	@$(PROGRAM) run --all --concurrent $(ARGS)

test-dashboard: ## Load the dashboards from a Prometheus as a browser does, against benchmarks (PROMETHEUS=URL); results in test_results/
	@$(BUILD_PROGRAM)
	@$(PROGRAM) dashboards bench --prometheus $(PROMETHEUS) --output test_results/dashboards.html $(ARGS)

pictures: ## Draw docs/pictures/ anew: dashboards of twelve hours with Black Friday in them, the same bytes every time
	@$(BUILD_PROGRAM)
	@scripts/pictures.sh "$(PROGRAM)"

export-test-data: ## Write the time series of baseline and black_friday to test_data/, all formats (RUNS="ID…" DATA=DIR)
	@$(BUILD_PROGRAM)
	@$(PROGRAM) run $(RUNS) --export json,csv,prometheus --export-dir $(DATA) --output $(DATA)/run.json $(ARGS)

backfill: ## Write history for a Prometheus into data/: DURATION=30d before now (FROM=2026-01-05 INTERVAL=15s BLOCKS=DIR)
	@$(BUILD_PROGRAM)
	@$(PROGRAM) backfill $(if $(FROM),--from $(FROM),--to now) --duration $(DURATION) --interval $(INTERVAL) --output $(BLOCKS) $(ARGS)

monitor-cardinality: ## Watch the series of a Prometheus against the limits of the configuration (PROMETHEUS=URL)
	@$(BUILD_PROGRAM)
	@$(PROGRAM) cardinality --prometheus $(PROMETHEUS) --watch $(ARGS)

study: ## Measure what 10 k to 1 M series cost a Prometheus, about 15 min; report in test_results/ (ARGS="--series 10k,100k")
	@$(BUILD_PROGRAM)
	@$(PROGRAM) cardinality study $(ARGS)

validate-config: ## Check config/simulator-config.yml and the scenarios beside it
	@$(BUILD_PROGRAM)
	@$(PROGRAM) validate

build: ## Build everything in Release, warnings as errors
	dotnet build -c Release -v quiet

test: ## Run every test; fetches what they need on Debian as root, else says what to install
	@scripts/test.sh

lint: ## Fail on code that `make format` would change
	dotnet format whitespace --verify-no-changes
	dotnet format style --verify-no-changes

format: ## Bring the code into the repository's style
	dotnet format whitespace
	dotnet format style

bench: ## Run the benchmarks
	dotnet run --project tests/MetricsSim.Benchmarks -c Release -- --filter '*'

ci: ## What the CI runs: lint and test
	@.ci/run
