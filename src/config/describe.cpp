#include "config/settings.hpp"

namespace personalify::config {

std::string describe(const Settings& settings) {
    std::string text;
    for (const Setting& setting : settings_table()) {
        std::string value = setting.get(settings);
        if (setting.kind == Setting::Kind::secret && !value.empty()) {
            value = "********";
        }
        text += std::string{setting.name} + '=' + value + '\n';
    }
    return text;
}

std::string documentation() {
    std::string text =
        "# Configuration\n\n"
        "Generated from the table in `src/config/table.cpp` by `personalify config --markdown`.\n\n"
        "Flags win over environment variables, and these over the `.env` file in the working directory\n"
        "(`--config FILE` names another). An unknown name in the file, or a value that does not fit, is\n"
        "named at start, and nothing runs. `personalify config` prints what is in force, secrets masked.\n\n"
        "| variable | default | meaning |\n|---|---|---|\n";
    for (const Setting& setting : settings_table()) {
        text += "| `" + std::string{setting.name} + "` | " +
                (setting.fallback.empty() ? std::string{} : '`' + std::string{setting.fallback} + '`') +
                " | " + std::string{setting.doc} + " |\n";
    }
    text += "\nThese names of the Python service and of coming features are accepted in a `.env` file and "
            "have no effect "
            "yet:\n";
    std::string_view separator = "";
    for (const std::string_view name : reserved_names()) {
        text += std::string{separator} + '`' + std::string{name} + '`';
        separator = ", ";
    }
    return text +
           ".\nSetting `DATABASE_URL` or `POSTGRES_HOST` is refused: they ask for the distributed shape.\n";
}

} // namespace personalify::config
