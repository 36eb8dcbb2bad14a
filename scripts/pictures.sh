#!/usr/bin/env bash
# Draws docs/pictures/*.svg: twelve hours of history with a scenario in it, fixed start and seed, in a Prometheus of its own. The same bytes every time.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:?"pictures.sh: say how to run the program: scripts/pictures.sh 'dotnet …/metricssim.dll'"}
from=2026-01-05T08:00Z
calm=2026-01-05T12:30Z
evening=2026-01-05T20:00Z

command -v prometheus >/dev/null || { echo "pictures: needs prometheus: apt-get install prometheus" >&2; exit 4; }
scratch=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" || true; wait "$server" || true; } 2>/dev/null; rm -rf "$scratch"' EXIT

port=19400
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done

# shellcheck disable=SC2086 # The program is several words.
$program backfill --scenario black_friday --from "$from" --to "$evening" --seed 42 --max-block-duration 54h --output "$scratch/data"
printf 'global: { scrape_interval: 15s }\n' > "$scratch/prometheus.yml"
prometheus --config.file="$scratch/prometheus.yml" --storage.tsdb.path="$scratch/data" --storage.tsdb.retention.time=100y \
    --web.listen-address="127.0.0.1:$port" > "$scratch/prometheus.log" 2>&1 &
server=$!
ready() {
    (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /-/ready HTTP/1.0\r\n\r\n' >&3 && grep -q '^HTTP.* 200 ' <&3) 2>/dev/null
}
for _ in $(seq 300); do
    ready && break
    kill -0 "$server" 2>/dev/null || { tail -n 5 "$scratch/prometheus.log" >&2; exit 4; }
    sleep 0.1
done

draw() { # shellcheck disable=SC2086
    $program dashboards render --prometheus "http://127.0.0.1:$port" --svg docs/pictures --from "$from" "$@"
}
draw --to "$evening" dashboards/overview.json dashboards/cost.json dashboards/users-and-sessions.json
draw --to "$calm" dashboards/control-room.json dashboards/reliability.json
