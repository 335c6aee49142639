# shellcheck shell=bash
# Running the suites. Each leaves a log and a JUnit file in build/test-results; report sums them up.

results=build/test-results

# sanitizer_settings PRESET - how the sanitizers shall behave. Leak detection needs to look at its own process
# from outside, which some containers and bare chroots forbid: there it is switched off, and said.
sanitizer_settings() {
    local symbolizer=/usr/lib/llvm-19/bin/llvm-symbolizer
    export ASAN_OPTIONS=strict_string_checks=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}
    export UBSAN_OPTIONS=print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}
    export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/script/lib/tsan.supp${TSAN_OPTIONS:+:$TSAN_OPTIONS}
    export TBB_ENABLE_SANITIZERS=1 # OpenVINO's TBB otherwise opens libraries in a way that sanitizers refuse
    if [ -x "$symbolizer" ]; then
        export ASAN_SYMBOLIZER_PATH=$symbolizer TSAN_SYMBOLIZER_PATH=$symbolizer
    fi
    if [[ $1 = asan-ubsan || $1 = fuzz ]] && ! leaks_can_be_seen "$1"; then
        say "Leaks cannot be looked for on this machine; memory errors still are."
        ASAN_OPTIONS+=:detect_leaks=0
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
    {
        ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" ${only:+-R "$only"} "$@" \
            --output-junit "$PWD/$results/ctest-$preset.xml" 2>&1 || code=$?
        echo "$code" >"$results/ctest-$preset.code"
    } | tee "$results/ctest-$preset.log"
}

# run_pytest PRESET EXPRESSION [FILE...] - the functional tests, or these files of them, against the program
# of that preset; most wait more than they compute, so there is a worker more than cores. What its sanitizers find fails the run, see tests/functional/sanitizers.py.
run_pytest() {
    local preset=$1 only=$2 code=0 files=(tests/functional)
    shift 2
    if [ $# -gt 0 ]; then files=("${@/#/tests/functional/}"); fi
    sanitizer_settings "$preset"
    say "Running the functional tests ($preset)"
    {
        PERSONALIFY_BINARY=$PWD/build/$preset/personalify build/venv/bin/python -m pytest "${files[@]}" \
            -c tests/functional/pytest.ini --numprocesses "$(($(nproc) + 1))" --dist loadfile ${only:+-k "$only"} --junit-xml="$results/pytest-$preset.xml" \
            2>&1 || code=$?
        echo "$code" >"$results/pytest-$preset.code"
    } | tee "$results/pytest-$preset.log"
}

# report - one summary of all suites that ran; ends the script, with 0 only when all is well.
report() {
    local arguments=("$results")
    if [ "${PERSONALIFY_NO_SKIP-}" = 1 ]; then arguments+=(--no-skip); fi
    build/venv/bin/python script/lib/test_summary.py "${arguments[@]}"
}
