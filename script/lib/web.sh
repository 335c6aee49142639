# shellcheck shell=bash
# The API page's bundle: the one web dependency, embedded into the program.
# shellcheck disable=SC2154  # venv is set by python.sh

# fetch_api_page - build/web/scalar.js and .gz from the npm package pinned in web/package-lock.json.
fetch_api_page() {
    local package=@scalar/api-reference here=$PWD version folder
    say "Fetching the API page ($package) with npm"
    mkdir -p build/web
    folder=$(mktemp -d build/web/fetch.XXXXXX)
    version=$("$venv/bin/python" script/lib/npm_bundle.py version web/package-lock.json "$package")
    # One archive is all we need: the bundle in it carries its dependencies.
    if ! (cd web && PATH="$here/$venv/bin:$PATH" npm pack --loglevel=error --pack-destination "$here/$folder" \
        "$package@$version") >"$folder/npm.log" 2>&1; then
        tail -n 20 "$folder/npm.log" >&2
        rm -rf "$folder"
        fail "npm could not fetch $package@$version; check the network and npm's configuration."
    fi
    "$venv/bin/python" script/lib/npm_bundle.py extract web/package-lock.json "$package" \
        "$folder"/*.tgz dist/browser/standalone.js "$folder/scalar.js" ||
        fail "the downloaded $package is not the one pinned in web/package-lock.json"
    gzip -9 -n -k "$folder/scalar.js"
    mv "$folder/scalar.js" "$folder/scalar.js.gz" build/web/
    rm -rf "$folder"
}
