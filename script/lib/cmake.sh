# shellcheck shell=bash
# Configuring and building a preset of CMakePresets.json in build/<preset>.

# configure PRESET [CMAKE_ARGUMENT...] - runs cmake when this was not configured like that before.
configure() {
    local preset=$1 folder=build/$1 inputs
    shift
    inputs=$(printf '%s\n' "$*" | cat - CMakePresets.json | sha256sum)
    if [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/.configured" 2>/dev/null)" = "$inputs" ]; then
        return 0
    fi
    say "Configuring $folder"
    mkdir -p "$folder"
    if ! cmake --preset "$preset" "$@" >"$folder/configure.log" 2>&1; then
        cat "$folder/configure.log" >&2
        fail "could not configure the preset '$preset'"
    fi
    printf '%s\n' "$inputs" >"$folder/.configured"
}

# build PRESET [TARGET...] - compiles what changed.
build() {
    local preset=$1
    shift
    say "Building $preset: ${*:-everything}"
    ninja -C "build/$preset" "$@" >&2 || fail "the build of '$preset' failed"
}
