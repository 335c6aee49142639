# shellcheck shell=bash
# The Python environment in build/venv. Pip's own settings (proxies, indexes) apply.

venv=build/venv

# make_environment - build/venv with pip, if it is not there.
make_environment() {
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "Making a Python environment in $venv"
        rm -rf "$venv"
        /usr/bin/python3 -m venv "$venv" || fail "python3 cannot make an environment (is python3-venv there?)"
    fi
}

# pip_install REQUIREMENTS [OPTION...] - installs a list of pinned packages.
pip_install() {
    local requirements=$1
    shift
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" --requirement "$requirements" ||
        fail "pip could not install $requirements; check the network and pip's configuration."
}

# install_python REQUIREMENTS - makes the environment if need be and installs a list of pinned packages.
install_python() {
    make_environment
    say "Installing the Python packages of $1"
    pip_install "$1"
}

# install_openvino - the wheel that cmake/OpenVino.cmake finds. Its Python side would want numpy; nothing uses it.
install_openvino() {
    make_environment
    say "Installing the emotion model's runtime ($(grep -v '^#' script/packages/openvino.txt), about 60 MB)"
    pip_install script/packages/openvino.txt --no-deps
}

# openvino_is_here - true when its CMake files are.
openvino_is_here() { compgen -G "$venv/lib/python3*/site-packages/openvino/cmake/OpenVINOConfig.cmake" >/dev/null; }
