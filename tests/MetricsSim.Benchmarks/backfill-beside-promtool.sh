#!/usr/bin/env bash
# The same samples into blocks, by metricssim backfill and by promtool from OpenMetrics text, in turns; prints each turn, medians and the ratio.
# Usage: backfill-beside-promtool.sh [DURATION [USERS [TURNS]]]   needs promtool, GNU time, and 250 bytes of disk for each sample
set -euo pipefail

duration=${1:-6h}
users=${2:-100}
turns=${3:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/src/MetricsSim/bin/Release/net10.0/metricssim.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs a command and notes seconds by the clock, seconds of CPU and peak memory.
measure() {
  local name=$1
  shift
  command time --format "%e %U %S %M" --output "$work/time" "$@" > "$work/output" 2> "$work/error" || { cat "$work/error" >&2; exit 1; }
  read -r wall user kernel memory < "$work/time"
  echo "$wall $(awk "BEGIN { print $user + $kernel }") $memory" >> "$work/$name"
  awk -v name="$name" -v wall="$wall" -v user="$user" -v kernel="$kernel" -v memory="$memory" \
    'BEGIN { printf "  %-8s %8.2f s by the clock %8.2f s of CPU %8.0f MB\n", name, wall, user + kernel, memory / 1024 }'
}

# The median of a column of the notes.
median() {
  cut --delimiter ' ' --fields "$2" "$work/$1" | sort --general-numeric-sort | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

backfill=(dotnet "$program" backfill --duration "$duration" --users "$users")
"${backfill[@]}" --format openmetrics --output "$work/page.om"
for turn in $(seq "$turns"); do
  echo "turn $turn"
  rm -rf "$work/ours" "$work/theirs"
  measure backfill "${backfill[@]}" --output "$work/ours" --json
  samples=$(awk -F '[:,]' '/"samples"/ { print $2 + 0 }' "$work/output")
  measure promtool promtool tsdb create-blocks-from openmetrics --quiet "$work/page.om" "$work/theirs"
done

echo "$samples samples into blocks, medians of $turns"
for column in 1 2; do
  awk -v ours="$(median backfill "$column")" -v theirs="$(median promtool "$column")" -v samples="$samples" -v what="$([ "$column" = 1 ] && echo "by the clock" || echo "of CPU")" \
    'BEGIN { printf "  %-13s backfill %.2f s (%.1f million samples/s), promtool %.2f s (%.2f million samples/s): %.0f times as fast\n",
      what, ours, samples / ours / 1e6, theirs, samples / theirs / 1e6, theirs / ours }'
done
du --summarize --bytes "$work/ours" "$work/theirs" "$work/page.om" | sed "s|$work/||; s/^/  bytes: /"
