# shellcheck shell=bash
# The Python environment in build/venv. Pip's own settings (proxies, indexes) apply.

venv=build/venv

# install_python REQUIREMENTS - makes the environment if need be and installs a list of pinned packages.
install_python() {
    local requirements=$1
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "Making a Python environment in $venv"
        rm -rf "$venv"
        /usr/bin/python3 -m venv "$venv" || fail "python3 cannot make an environment (is python3-venv there?)"
    fi
    say "Installing the Python packages of $requirements"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" ||
        fail "pip could not install $requirements; check the network and pip's configuration."
}
