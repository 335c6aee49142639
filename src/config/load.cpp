#include "config/settings.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace personalify::config {

namespace {

const Setting* find_setting(std::string_view name) {
    const auto& table = settings_table();
    const auto at = std::ranges::find(table, name, &Setting::name);
    return at == table.end() ? nullptr : &*at;
}

void apply(Settings& settings, const Setting& setting, const std::string& value, std::string_view origin,
           std::vector<Problem>& problems) {
    if (std::optional<std::string> problem = setting.set(settings, value)) {
        const bool hidden = setting.kind == Setting::Kind::secret;
        problems.push_back({Problem::Kind::value, std::string{setting.name},
                            std::string{setting.name} + " (" + std::string{origin} + ") " + *problem +
                                (hidden ? "" : ", got \"" + value.substr(0, 80) + '"')});
    }
}

using Lines = std::vector<std::pair<std::string, std::string>>;

Lines read_env_file(const Sources& sources, std::vector<Problem>& problems) {
    if (sources.env_file.empty()) {
        return {};
    }
    std::error_code unknown;
    std::ifstream file(sources.env_file);
    if (!file || std::filesystem::is_directory(sources.env_file, unknown)) {
        if (sources.env_file_required || std::filesystem::exists(sources.env_file, unknown)) {
            problems.push_back({Problem::Kind::unreadable_file, "",
                                "cannot read the configuration file " + sources.env_file.string()});
        }
        return {};
    }
    std::ostringstream text;
    text << file.rdbuf();
    std::vector<std::string> broken;
    Lines lines = parse_env(text.str(), broken);
    for (const std::string& problem : broken) {
        problems.push_back({Problem::Kind::broken_line, "", sources.env_file.string() + ": " + problem});
    }
    for (const auto& [name, value] : lines) {
        if (find_setting(name) == nullptr &&
            std::ranges::find(reserved_names(), name) == reserved_names().end()) {
            problems.push_back({Problem::Kind::unknown_name, name,
                                name + " (" + sources.env_file.string() + ") is not a setting"});
        }
    }
    return lines;
}

void check_together(const Settings& settings, std::vector<Problem>& problems) {
    const auto add = [&](std::string name, std::string text) {
        problems.push_back({Problem::Kind::together, std::move(name), std::move(text)});
    };
    if (settings.spotify_client_id.empty() != settings.spotify_client_secret.empty() && !settings.demo) {
        add("SPOTIFY_CLIENT_ID",
            "SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET go together: one of them is not set");
    }
    const auto engine = static_cast<std::size_t>(settings.emotion_engine);
    if (settings.emotion_engine != EmotionEngineChoice::local && settings.hugging_face_api_key.empty() &&
        !settings.demo) {
        add("EMOTION_ENGINE",
            "EMOTION_ENGINE=" + std::string{emotion_engine_words[engine]} + " needs a HUGGING_FACE_API_KEY");
    }
    if (settings.translator == TranslatorChoice::google && settings.google_translate_api_key.empty() &&
        !settings.demo) {
        add("TRANSLATOR", "TRANSLATOR=google needs a GOOGLE_TRANSLATE_API_KEY");
    }
    if (settings.genre_source == GenreSourceChoice::lastfm && settings.lastfm_api_key.empty() &&
        !settings.demo) {
        add("GENRE_SOURCE", "GENRE_SOURCE=lastfm needs a LASTFM_API_KEY");
    }
}

/// A value and the place that it came from.
struct Given {
    std::string value;
    std::string origin;
};

std::optional<Given> find_value(const std::string& name, const Sources& sources, const Lines& lines) {
    if (const auto flag = sources.flags.find(name); flag != sources.flags.end()) {
        return Given{flag->second, "flag"};
    }
    if (std::optional<std::string> value = sources.environment ? sources.environment(name) : std::nullopt) {
        return Given{std::move(*value), "environment"};
    }
    const auto line = std::ranges::find(lines, name, &Lines::value_type::first);
    return line == lines.end() ? std::nullopt : std::optional{Given{line->second, sources.env_file.string()}};
}

} // namespace

Inspection inspect(const Sources& sources) {
    Inspection inspection;
    std::vector<Problem>& problems = inspection.problems;
    const Lines lines = read_env_file(sources, problems);
    for (const Setting& setting : settings_table()) {
        if (const std::optional<Given> given = find_value(std::string{setting.name}, sources, lines)) {
            apply(inspection.settings, setting, given->value, given->origin, problems);
        }
    }
    for (const char* name : {"DATABASE_URL", "POSTGRES_HOST"}) {
        const std::optional<Given> given = find_value(name, sources, lines);
        if (given && !given->value.empty()) {
            problems.push_back({Problem::Kind::value, name,
                                std::string{name} +
                                    " asks for the distributed shape, which this version does not "
                                    "have yet: unset it to store in SQLite"});
        }
    }
    check_together(inspection.settings, problems);
    return inspection;
}

Result<Settings> load(const Sources& sources) {
    Inspection inspection = inspect(sources);
    const std::vector<Problem>& problems = inspection.problems;
    if (problems.empty()) {
        return std::move(inspection.settings);
    }
    std::string message = problems.size() == 1 ? "There is a problem with the configuration:"
                                               : "There are problems with the configuration:";
    for (const Problem& problem : problems) {
        message += "\n  - " + problem.text;
    }
    return fail(Errc::invalid_argument, std::move(message));
}

std::vector<std::pair<std::string, std::string>> parse_env(std::string_view text,
                                                           std::vector<std::string>& problems) {
    constexpr std::string_view blanks = " \t\r";
    const auto trim = [&](std::string_view part) {
        const std::size_t from = part.find_first_not_of(blanks);
        return from == std::string_view::npos ? std::string_view{}
                                              : part.substr(from, part.find_last_not_of(blanks) - from + 1);
    };
    std::vector<std::pair<std::string, std::string>> lines;
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("export ")) {
            line = trim(line.substr(7));
        }
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const std::size_t equals = line.find('=');
        const std::string_view name = trim(line.substr(0, std::min(equals, line.size())));
        if (equals == std::string_view::npos || name.empty() || name.find(' ') != std::string_view::npos) {
            problems.push_back("line " + std::to_string(number) + " is not NAME=VALUE");
            continue;
        }
        const std::string_view rest = line.substr(equals + 1);
        std::string_view value = trim(rest);
        const char quote = value.empty() ? '\0' : value.front();
        const std::size_t closing =
            quote == '"' || quote == '\'' ? value.find(quote, 1) : std::string_view::npos;
        if (closing != std::string_view::npos) {
            value = value.substr(1, closing - 1);
        } else if (const std::size_t comment = rest.find(" #"); comment != std::string_view::npos) {
            value = trim(rest.substr(0, comment));
        }
        lines.emplace_back(name, value);
    }
    std::ranges::reverse(lines); // the last line of a name wins
    return lines;
}

} // namespace personalify::config
