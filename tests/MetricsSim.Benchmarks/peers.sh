#!/usr/bin/env bash
# Another exporter beside metricssim at the same series and labels, in turns; see docs/performance.md.
# Usage: peers.sh URL [--command COMMAND | --pid PID] [--config FILE] [--rounds N]
#        peers.sh static [--config FILE] [--rounds N]   our page of a configuration, as a file behind python3 -m http.server
# Without --config the series are learned from the peer's page.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
project=$root/tests/MetricsSim.Benchmarks
program=$project/bin/Release/net10.0/MetricsSim.Benchmarks
dotnet build "$project" --configuration Release --verbosity quiet

if [ "${1:-}" != static ]; then
  exec "$program" peers "$@"
fi

shift
config=$root/config/simulator-config.yml
[ "${1:-}" = --config ] && config=$2
[ "${1:-}" = --config ] && shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet "$project/bin/Release/net10.0/metricssim.dll" render --config "$config" --ticks 1 > "$work/metrics"
"$program" peers http://127.0.0.1:18099/metrics --command "python3 -m http.server 18099 --bind 127.0.0.1 --directory $work" --config "$config" "$@"
