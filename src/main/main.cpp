#include "config/settings.hpp"
#include "main/build_info.hpp"
#include "main/serve.hpp"
#include "simulator/simulator.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

using namespace personalify;

constexpr int wrong_use = 2;

/// Flags that stand for settings, as the user gave them.
struct Flags {
    std::map<std::string, std::string> settings;
    std::string config_file;
    bool markdown = false;

    void add_to(CLI::App& command) {
        option(command, "--port", "PORT", "Port to listen on; 0 takes a free one (default 8000)");
        option(command, "--listen", "LISTEN", "Address to listen on (default 127.0.0.1)");
        option(command, "--data-dir", "DATA_DIR", "Folder of the database (default data)");
        command.add_flag_callback(
            "--demo", [this] { settings["DEMO"] = "true"; }, "Run against the built-in simulator");
        command.add_option("--config", config_file, "File with settings (default .env)")->type_name("FILE");
    }

private:
    void option(CLI::App& command, const char* flag, const char* name, const char* doc) {
        command
            .add_option_function<std::string>(
                flag, [this, name](const std::string& value) { settings[name] = value; }, doc)
            ->type_name(name);
    }
};

Result<config::Settings> load(const Flags& flags) {
    const auto environment = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>{value};
    };
    const bool named = !flags.config_file.empty();
    return config::load({.flags = flags.settings,
                         .environment = environment,
                         .env_file = named ? flags.config_file : ".env",
                         .env_file_required = named});
}

int with_settings(const Flags& flags, int (*run)(config::Settings)) {
    Result<config::Settings> settings = load(flags);
    if (!settings) {
        std::fprintf(stderr, "personalify: %s\n", settings.error().detail.c_str());
        return wrong_use;
    }
    return run(std::move(*settings));
}

int print_config(config::Settings settings) {
    std::fputs(config::describe(settings).c_str(), stdout);
    return 0;
}

int print_version() {
    std::printf("personalify %s\n", version_text().c_str());
    return 0;
}

int main_of(int argc, char** argv) {
    CLI::App app{"Personalify: a backend between Spotify and its listeners' own clients.", "personalify"};
    app.require_subcommand(0, 1); // so that an unknown word is named, and not only missed
    Flags flags;
    SimulateOptions simulated;

    CLI::App* serve_command = app.add_subcommand("serve", "Run the service");
    flags.add_to(*serve_command);

    CLI::App* simulator_command = app.add_subcommand("simulator", "Run a simulated Spotify alone");
    simulator_command->add_option("--port", simulated.port,
                                  "Port to listen on; 0 takes a free one (default 8001)");
    simulator_command->add_option("--latency", simulated.latency, "Added to every Spotify call, e.g. 150ms")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, int>{{"ms", 1}, {"s", 1000}}));
    simulator_command
        ->add_option("--fault", simulated.faults,
                     "A fault, e.g. \"route=/v1/me status=500 times=2\"; may be given several times")
        ->check([](const std::string& text) {
            const auto rule = simulator::parse_fault(text);
            return rule ? std::string{} : rule.error().detail;
        });

    CLI::App* config_command =
        app.add_subcommand("config", "Print the effective configuration, secrets masked");
    flags.add_to(*config_command);
    config_command->add_flag("--markdown", flags.markdown, "Print the documentation of all settings instead");

    CLI::App* version_command = app.add_subcommand("version", "Print the version");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& failure) {
        return app.exit(failure) == 0 ? 0 : wrong_use;
    }
    if (app.get_subcommands().empty()) {
        std::fputs(app.help().c_str(), stderr);
        return wrong_use;
    }
    if (version_command->parsed()) {
        return print_version();
    }
    if (config_command->parsed() && flags.markdown) {
        std::fputs(config::documentation().c_str(), stdout);
        return 0;
    }
    if (config_command->parsed()) {
        return with_settings(flags, print_config);
    }
    return simulator_command->parsed() ? simulate(simulated) : with_settings(flags, serve);
}

} // namespace

int main(int argc, char** argv) {
    try {
        return main_of(argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "personalify: %s\n", failure.what());
        return 1;
    }
}
