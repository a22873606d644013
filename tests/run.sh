#!/usr/bin/env bash
# Installs what the tests need (on Debian, as root), builds the solution once and runs every test project.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
configuration=${CONFIGURATION:-Debug}
results=$(mktemp -d)
# All that tests put aside goes with it, even of tests that are killed; others (the database's user) must be able to pass through.
chmod 711 "$results"
export TMPDIR=$results/tmp
mkdir -m 1777 "$TMPDIR"
trap 'rm -rf "$results"' EXIT

# Program or file that must be there, and the Debian package it is in.
install_missing() {
  local missing=()
  while read -r what package; do
    [ -z "$what" ] || command -v "$what" >/dev/null 2>&1 || compgen -G "$what" >/dev/null || missing+=("$package")
  done <<'NEEDED'
git git
rpm rpm
rsync rsync
chromium chromium
bwrap bubblewrap
setpriv util-linux
/usr/lib/postgresql/*/bin/initdb postgresql
/usr/lib/rabbitmq/bin/rabbitmq-server rabbitmq-server
/usr/sbin/krb5kdc krb5-kdc
/usr/sbin/kadmin.local krb5-admin-server
kinit krb5-user
/usr/lib/*/libgssapi_krb5.so.2 libgssapi-krb5-2
NEEDED
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed, so some tests will be skipped: ${missing[*]}" >&2
    return 0
  fi

  echo "Installing ${missing[*]}"
  # Servers that are installed must not be started: the tests start their own.
  local policy=/usr/sbin/policy-rc.d
  [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy; chmod 755 $policy; trap 'rm -rf "$results"; rm -f '$policy EXIT; }
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends "${missing[@]}"; } >"$results/apt.log" 2>&1 </dev/null \
    || { cat "$results/apt.log" >&2; return 1; }
}

# Each test project is a program of its own. Its machine-readable result is read, and its text is shown only when something failed.
run_project() {
  local name=$1 program=$2 code=0
  timeout --kill-after=10 "${TEST_TIMEOUT:-1800}" "$program" -noColor -noLogo -ctrf "$results/$name.json" >"$results/$name.log" 2>&1 </dev/null || code=$?
  echo "$code" >"$results/$name.exit"
}

count() { # file, field of the summary
  grep -o "\"$2\": *[0-9]*" "$1" 2>/dev/null | head -1 | grep -o '[0-9]*$' || echo 0
}

install_missing
dotnet build Packit.Service.sln -c "$configuration" -v quiet --nologo

names=()
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  program=tests/$name/bin/$configuration/net10.0/$name
  [ "$name" != Packit.Benchmarks ] || continue
  names+=("$name")
  # Two at a time: most of them wait for servers and processes as much as they compute.
  while [ "$(jobs -rp | wc -l)" -ge "${TEST_JOBS:-2}" ]; do wait -n || true; done
  run_project "$name" "$program" &
done
wait

passed=0 failed=0 skipped=0
for name in "${names[@]}"; do
  summary=$results/$name.json
  p=$(count "$summary" passed) f=$(count "$summary" failed) s=$(count "$summary" skipped) code=$(cat "$results/$name.exit")
  # A program that died, or found fault outside of a test, has failed even when no test says so.
  if [ "$code" != 0 ] && [ "$f" = 0 ]; then
    f=1
  fi

  printf '%-32s %5d passed %4d failed %4d skipped\n' "$name" "$p" "$f" "$s"
  if [ "$f" != 0 ]; then
    echo "--- $name, exit code $code"
    cat "$results/$name.log"
    echo "---"
  fi

  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
