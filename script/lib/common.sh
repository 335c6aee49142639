# shellcheck shell=bash
# Sourced by every script, from the repository's root: plain words to the user, small tools.

# say TEXT... - one line of progress.
say() { printf '==> %s\n' "$*" >&2; }

# fail TEXT... - says why and ends the script.
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# usage_if_asked "$@" - prints the calling script's opening comment for -h and --help.
usage_if_asked() {
    local argument
    for argument in "$@"; do
        case $argument in
        -h | --help)
            sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
            exit 0
            ;;
        --) return 0 ;;
        esac
    done
}

# as_root COMMAND... - runs it as root, through sudo when we are not root.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo --preserve-env=http_proxy,https_proxy,no_proxy,HTTP_PROXY,HTTPS_PROXY,NO_PROXY "$@"
    else
        return 126
    fi
}

# hash_of FILE... - one hash over the contents of files that exist, and their names.
hash_of() {
    local file
    for file in "$@"; do
        printf '%s\n' "$file"
        if [ -f "$file" ]; then cat "$file"; fi
    done | sha256sum | cut -d ' ' -f 1
}

# stamped NAME HASH - true when step NAME was done with these inputs.
stamped() { [ "$(cat "build/.bootstrap/$1" 2>/dev/null)" = "$2" ]; }

# stamp NAME HASH - remembers that it was.
stamp() {
    mkdir -p build/.bootstrap
    printf '%s\n' "$2" >"build/.bootstrap/$1"
}
