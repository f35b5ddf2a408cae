# shellcheck shell=bash
# What the scripts share: packages, building, the datum grid. Sourced, not run.
# Messages go to standard error; a script's standard output is that of the program it ends in.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$root/build/release
logs=$root/build/logs
grid=$root/build/grids/uk_os_OSTN15_NTv2_OSGBtoETRS.tif

# Exit status 3, as the program's: the surroundings are at fault, not the command line.
readonly exit_environment=3

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$(basename "$0"): $*"
    exit "$exit_environment"
}

# What failed left its words in a log: show the end of it, and where the rest is.
die_with_log() {
    local log=$1
    shift
    say "---- the end of $log"
    tail -n 40 "$log" >&2
    say "----"
    die "$@"
}

jobs() { printf '%s' "${CORDON_JOBS:-$(nproc)}"; }

# One script at a time touches build/; the lock ends with the script, or before the program is run.
lock_build() {
    mkdir -p "$logs"
    exec {lock}>"$root/build/.lock"
    if ! flock --nonblock "$lock"; then
        say "waiting for another script that builds here …"
        flock "$lock"
    fi
}

unlock_build() { exec {lock}>&-; }

# The packages of the lists named (run, test, check) that are not installed, one a line.
missing_packages() {
    local list wanted=() installed
    for list in "$@"; do
        mapfile -t -O "${#wanted[@]}" wanted < <(sed 's/#.*//; s/[[:space:]]//g; /^$/d' "$root/scripts/packages/$list.txt")
    done
    # dpkg-query fails where one of them is not known at all, which is not an error here.
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
        sed -n 's/^installed //p') || true
    printf '%s\n' "${wanted[@]}" | grep --line-regexp --fixed-strings --invert-match --file=<(printf '%s\n' "$installed") || true
}

# Installs what is missing of the lists named; touches no network where nothing is.
need_packages() {
    command -v dpkg-query >/dev/null || die "no dpkg-query here. Install by hand what scripts/packages/*.txt list, and build with: cmake --preset release"
    local missing install as=()
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    install=(apt-get install --yes --no-install-recommends "${missing[@]}")
    if [[ $(id -u) != 0 ]]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as=(sudo)
        else
            die "packages are missing and this is not root. Run:
    sudo ${install[*]}"
        fi
    fi
    mkdir -p "$logs"
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update </dev/null >"$logs/packages.log" 2>&1 ||
        say "apt-get update failed ($logs/packages.log); trying with the lists at hand"
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" -o DPkg::Lock::Timeout=300 </dev/null >>"$logs/packages.log" 2>&1 ||
        die_with_log "$logs/packages.log" "the packages could not be installed. By hand: ${install[*]}"
}

# Node 18 or newer with npm, from Debian or elsewhere.
have_node() {
    command -v npm >/dev/null && [[ $(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0) -ge 18 ]]
}

need_node() { have_node || need_packages node; }

# configure PRESET FOLDER [-DNAME=VALUE…]: runs CMake where the folder is not configured yet, or not so.
configure() {
    local preset=$1 folder=$2 setting same=yes
    shift 2
    local cache=$folder/CMakeCache.txt log=$logs/configure-$preset.log
    # A build folder that came from elsewhere (the repository was moved or copied) is of no use.
    if [[ -f $cache ]] && ! grep --quiet --line-regexp --fixed-strings "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        rm -rf "$folder"
    fi
    for setting in "$@"; do
        [[ -f $cache ]] && grep --quiet --line-regexp "${setting#-D}" <(sed 's/:[A-Z]*=/=/' "$cache") || same=no
    done
    # Node has come since it was configured: the map can be built in.
    if [[ -f $cache ]] && grep --quiet --extended-regexp '^CORDON_(NODE|NPM):FILEPATH=.*NOTFOUND' "$cache" && have_node; then same=no; fi
    [[ -f $folder/build.ninja && $same = yes ]] && return 0
    (cd "$root" && cmake --preset "$preset" "$@") </dev/null >"$log" 2>&1 || {
        # Half a configuration must not pass for a whole one next time.
        rm -f "$folder/build.ninja"
        die_with_log "$log" "CMake could not configure preset $preset"
    }
    grep --only-matching 'The interactive map is left out.*' "$log" >&2 || true
}

# compile PRESET FOLDER [TARGET…]: quiet, but for one line the first time, which takes long.
compile() {
    local preset=$1 folder=$2
    shift 2
    local log=$logs/build-$preset${1:+-$1}.log
    [[ -f $log ]] || say "building ${1:-everything} ($preset): the first time this takes some minutes …"
    ninja -C "$folder" -j "$(jobs)" "$@" </dev/null >"$log" 2>&1 || die_with_log "$log" "the build failed"
}

# The datum grid, shared by every build folder. Costs 50 ms where it is there and its record still holds.
build_grid() {
    "$build/bin/ostn15-grid" --if-needed "$grid" </dev/null || die "the OSTN15 grid could not be built"
}

# Our files whose names end as told, one a line, tracked or not, but not ignored ones.
our_files() {
    local pattern
    if git -C "$root" rev-parse --git-dir >/dev/null 2>&1; then
        git -C "$root" ls-files --cached --others --exclude-standard -- "$@" | while read -r pattern; do
            if [[ -e $root/$pattern ]]; then printf '%s\n' "$pattern"; fi
        done | sort -u
    else
        local names=()
        for pattern in "$@"; do names+=(-o -path "./$pattern"); done
        (cd "$root" && find . -path ./build -prune -o -type f \( "${names[@]:1}" \) -print) | sed 's|^\./||' | sort
    fi
}

# Tests on real data read the folder named by CORDON_SHARED, and say that they skip where there is none.
share_data() {
    if [[ ! -v CORDON_SHARED && -d $root/../shared ]]; then
        CORDON_SHARED=$(cd "$root/../shared" && pwd)
        export CORDON_SHARED
    fi
}
