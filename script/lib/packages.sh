# shellcheck shell=bash
# Debian packages: which are missing, and their installation.

# packages_of GROUP... - the names listed under these groups of packages/apt.txt.
packages_of() {
    awk -v groups=" $* " '
        /^\[/ { name = substr($0, 2, length($0) - 2); wanted = index(groups, " " name " "); next }
        /^[^#]/ && NF && wanted { print $1 }' script/packages/apt.txt
}

# missing_packages NAME... - those of them that are not installed.
missing_packages() {
    comm -23 <(printf '%s\n' "$@" | sort -u) \
        <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
            awk '$2 == "installed" { print $1 }' | sort -u)
}

# install_packages GROUP... - installs what these groups lack; says and changes nothing when all is there.
install_packages() {
    local wanted missing
    if ! { command -v dpkg-query && command -v apt-get; } >/dev/null; then
        fail "this is not Debian: install what script/packages/apt.txt lists in your system's way."
    fi
    mapfile -t wanted < <(packages_of "$@")
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [ ${#missing[@]} -gt 0 ] || return 0

    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    local log=build/.bootstrap/apt.log code=0
    mkdir -p build/.bootstrap
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -y)
    as_root "${apt[@]}" update >"$log" 2>&1 || code=$?
    [ "$code" != 126 ] || fail "neither root nor sudo here. Ask for: apt-get install ${missing[*]}"
    [ "$code" = 0 ] || say "The package lists could not be renewed (see $log); trying with what there is."
    if ! as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        tail -n 20 "$log" >&2
        fail "apt-get could not install: ${missing[*]} (whole log: $log)"
    fi
}
