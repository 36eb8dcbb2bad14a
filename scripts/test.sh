#!/usr/bin/env bash
# Runs every test. Ends with "N passed, N failed, N skipped" and fails if a test failed or none ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Debian keeps nginx where only root looks.
export PATH=$PATH:/usr/sbin

# Build servers that outlive the script would keep its output open.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0

missing() {
  for program in prometheus promtool victoria-metrics prometheus-alertmanager amtool nginx; do
    command -v "$program" > /dev/null || return 0
  done
  return 1
}

# The packages would start servers on their ports; this policy, kept only while installing, stops that.
install_servers() {
  local policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
  fi
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    prometheus victoria-metrics prometheus-alertmanager nginx < /dev/null
}

if missing; then
  if [[ $(id -u) -eq 0 ]] && command -v apt-get > /dev/null; then
    install_servers
  else
    echo "The tests ask real servers: put prometheus and promtool (2.42 or later), victoria-metrics," >&2
    echo "prometheus-alertmanager, amtool and nginx on the PATH." >&2
    echo "On Debian or Ubuntu: sudo apt-get install prometheus victoria-metrics prometheus-alertmanager nginx; elsewhere: https://prometheus.io/download/" >&2
    exit 1
  fi
fi

output=$(mktemp)
trap 'rm -f "$output"' EXIT
status=0
dotnet test -c Release --solution MetricsSim.sln "$@" < /dev/null 2>&1 | tee "$output" || status=$?

# A log is often read by its end only, where the failures of a test project that ended early aren't.
awk '/^failed / { n = 20 } /^(\/|skipped )/ { n = 0 } n-- > 0' "$output"

# The summary at the end adds up all test projects.
count() { awk -v key="$1:" '/^Test run summary/ { n = 0 } $1 == key { n = $2 } END { print n + 0 }' "$output"; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
if (( passed + failed == 0 )); then
  echo "No test ran." >&2
  (( status != 0 )) || status=1
elif (( failed > 0 && status == 0 )); then
  status=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
