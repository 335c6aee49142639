# shellcheck shell=bash
# Running the suites. Each leaves a log and a JUnit file in build/test-results; report sums them up.

results=build/test-results

# sanitizer_settings PRESET - how the sanitizers shall behave. Leak detection needs to look at its own process
# from outside, which some containers and bare chroots forbid: there it is switched off, and said.
sanitizer_settings() {
    local symbolizer=/usr/lib/llvm-19/bin/llvm-symbolizer
    export UBSAN_OPTIONS=print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}
    export TSAN_OPTIONS=halt_on_error=1${TSAN_OPTIONS:+:$TSAN_OPTIONS}
    if [ -x "$symbolizer" ]; then export ASAN_SYMBOLIZER_PATH=$symbolizer; fi
    if [ "$1" = asan-ubsan ] && ! leaks_can_be_seen "$1"; then
        say "Leaks cannot be looked for on this machine; memory errors still are."
        export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
    fi
}

# leaks_can_be_seen PRESET - true when a program without leaks ends well under LeakSanitizer.
leaks_can_be_seen() {
    local program=build/$1/leak-probe
    [ -x "$program" ] || printf 'int main() {}\n' | clang++-19 -fsanitize=address -x c++ - -o "$program"
    "$program" 2>/dev/null
}

# run_ctest PRESET EXPRESSION [CTEST_ARGUMENT...]
run_ctest() {
    local preset=$1 only=$2 code=0
    shift 2
    sanitizer_settings "$preset"
    say "Running the C++ tests ($preset)"
    ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" ${only:+-R "$only"} "$@" \
        --output-junit "$PWD/$results/ctest-$preset.xml" 2>&1 | tee "$results/ctest-$preset.log" || code=$?
    echo "$code" >"$results/ctest-$preset.code"
}

# run_pytest PRESET EXPRESSION - the functional tests against the program of that preset.
run_pytest() {
    local preset=$1 only=$2 code=0
    sanitizer_settings "$preset"
    say "Running the functional tests ($preset)"
    PERSONALIFY_BINARY=$PWD/build/$preset/personalify build/venv/bin/python -m pytest tests/functional \
        -c tests/functional/pytest.ini ${only:+-k "$only"} --junit-xml="$results/pytest.xml" \
        2>&1 | tee "$results/pytest.log" || code=$?
    echo "$code" >"$results/pytest.code"
}

# report - one summary of all suites that ran; ends the script, with 0 only when all is well.
report() {
    local arguments=("$results")
    if [ "${PERSONALIFY_NO_SKIP-}" = 1 ]; then arguments+=(--no-skip); fi
    build/venv/bin/python script/lib/test_summary.py "${arguments[@]}"
}
