# The launcher's part for a checkout, where the command line has to be built, on first use and after changes. Absent
# from the archives of a release.
# shellcheck shell=bash disable=SC2154 # the launcher, which reads this file, sets home
# shellcheck disable=SC2034 # and uses what is set here
program=$home/cli/target
archives=$program
lock=$home/.build-lock
stamp=$program/built

changed() {
  [ ! -e "$stamp" ] || [ -n "$(find "$home/pom.xml" "$home"/{functions,cli,infrastructure/sandbox}/{pom.xml,src/main} \
    "$home"/functions/src/build "$home/statemachine" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

build() {
  echo "Building quickpage-index (on first use and after changes; the first build downloads libraries) …" >&2
  local log
  log=$(mktemp "${TMPDIR:-/tmp}/quickpage-index-build.XXXXXX")
  if ! (cd "$home" && ./mvnw -q -B -ntp -Dmaven.test.skip=true package -pl cli,infrastructure/sandbox -am) >"$log" 2>&1; then
    grep -m 20 ERROR "$log" >&2 || tail -n 20 "$log" >&2
    echo "The build failed; all it said is in $log." >&2
    exit 1
  fi
  rm -f "$log"
  touch "$stamp"
}
