#include "main/console.hpp"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace personalify {

void complain(const Error& error) {
    std::fprintf(stderr, "personalify: %s%s%s\n", error.detail.c_str(), error.cause.empty() ? "" : " ",
                 error.cause.c_str());
}

Result<Input> Input::open(const std::filesystem::path& name) {
    Input input;
    if (!name.empty() && name != "-") {
        input.file_.emplace(name, std::ios::binary);
        std::error_code unknown;
        if (!*input.file_ || std::filesystem::is_directory(name, unknown)) {
            return fail(Errc::not_found, "cannot read the file " + name.string());
        }
    }
    std::ios::sync_with_stdio(false);
    return input;
}

std::istream& Input::stream() {
    return file_ ? *file_ : std::cin;
}

bool Input::is_typed() const {
    return !file_ && ::isatty(STDIN_FILENO) != 0;
}

} // namespace personalify
