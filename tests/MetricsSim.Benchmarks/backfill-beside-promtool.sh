#!/usr/bin/env bash
# The same history twice: as blocks by metricssim backfill, and as OpenMetrics text that promtool makes blocks of.
# Usage: backfill-beside-promtool.sh [DURATION [USERS]]   needs promtool, GNU time, and 250 bytes of disk for each sample
set -euo pipefail

duration=${1:-1d}
users=${2:-100}
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/src/MetricsSim/bin/Release/net10.0/metricssim.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

measure() {
  echo "$1"
  shift
  command time --format "  %e s, %U s user, %S s system, %M kB" "$@" > "$work/output"
}

measure "metricssim backfill" dotnet "$program" backfill --duration "$duration" --users "$users" --output "$work/ours"
sed 's/^/  /' "$work/output"
measure "metricssim backfill --format openmetrics" dotnet "$program" backfill --duration "$duration" --users "$users" --format openmetrics --output "$work/page.om"
measure "promtool tsdb create-blocks-from openmetrics" promtool tsdb create-blocks-from openmetrics --quiet "$work/page.om" "$work/theirs"
du --summarize --bytes "$work/ours" "$work/theirs" "$work/page.om" | sed "s|$work/|  |"
