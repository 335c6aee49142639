#include "config/network.hpp"
#include "config/settings.hpp"
#include "config/url.hpp"
#include "fuzz/target.hpp"
#include "http/forwarded.hpp"

#include <algorithm>

/// .env files, and every line of one as the value of every setting.
namespace personalify::config {

namespace {

using fuzz::require;

void check_env(const std::string& text) {
    std::vector<std::string> problems;
    for (const auto& [name, value] : parse_env(text, problems)) {
        require(!name.empty() && name.find_first_of(" \n=") == std::string::npos, "a setting has a name");
        require(!value.contains('\n'), "a value is one line");
    }
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    require(problems.size() <= lines, "a line has one problem");
}

/// What a setting accepts, it shows, and accepts again with the same meaning.
void check_settings(const std::string& value) {
    for (const Setting& setting : settings_table()) {
        Settings settings;
        if (setting.set(settings, value)) {
            continue;
        }
        const std::string shown = setting.get(settings);
        Settings again;
        require(!setting.set(again, shown), "what a setting shows, it accepts");
        require(setting.get(again) == shown, "and shows again");
    }
}

void check_addresses(const std::string& text) {
    if (const auto parts = parse_base_url(text)) {
        require(!parts->host.empty(), "a URL has a host");
        require(parts->host.find_first_of("/?#@\\ \r\n") == std::string::npos, "a host is a host");
        require(parts->path.empty() || parts->path.starts_with('/'), "a path begins with a slash");
        require(!parts->path.contains('?') && !parts->path.contains('#'), "a base has no query");
    } else {
        require(problem_of_base_url(text) && problem_of_origin(text) && problem_of_redirect_uri(text),
                "what is no URL is refused everywhere");
    }
    if (!problem_of_origin(text)) {
        require(text.find_first_of(" \r\n") == std::string::npos, "an origin is one word");
    }
    if (!problem_of_network(text)) {
        require(http::Network::parse(text).has_value(), "a network that is accepted can be used");
    }
}

} // namespace

} // namespace personalify::config

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    const std::string text = fuzz::text_of(data, size);
    config::check_env(text);
    std::string_view rest = text;
    for (int lines = 0; lines < 8 && !rest.empty(); ++lines) {
        const std::string line{fuzz::take_until(rest, '\n')};
        config::check_settings(line);
        config::check_addresses(line);
    }
    return 0;
}
