#include "config/settings.hpp"
#include "main/admin.hpp"
#include "main/analyze.hpp"
#include "main/backup.hpp"
#include "main/build_info.hpp"
#include "main/console.hpp"
#include "main/doctor.hpp"
#include "main/emotion_engine.hpp"
#include "main/export.hpp"
#include "main/health.hpp"
#include "main/lyrics.hpp"
#include "main/migrate.hpp"
#include "main/model_bench.hpp"
#include "main/model_tokens.hpp"
#include "main/normalize.hpp"
#include "main/restore.hpp"
#include "main/serve.hpp"
#include "main/stored.hpp"
#include "simulator/simulator.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>

namespace {

using namespace personalify;

constexpr int wrong_use = 2;

/// Flags that stand for settings, as the user gave them.
struct Flags {
    std::map<std::string, std::string> settings;
    std::string config_file;

    void add_to(CLI::App& command) {
        option(command, "--port", "PORT", "Port to listen on; 0 takes a free one (default 8000)");
        option(command, "--listen", "LISTEN", "Address to listen on (default 127.0.0.1)");
        add_folder_to(command, "Run against the built-in simulator");
    }
    /// For commands that work on what a service stored.
    void add_folder_to(CLI::App& command, const char* demo = "The data of the demo") {
        option(command, "--data-dir", "DATA_DIR", "Folder of the database (default data)");
        command.add_flag_callback("--demo", [this] { settings["DEMO"] = "true"; }, demo);
        add_file_to(command);
    }
    void add_file_to(CLI::App& command) {
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

config::Sources sources_of(const Flags& flags) {
    const auto environment = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>{value};
    };
    const bool named = !flags.config_file.empty();
    return {.flags = flags.settings,
            .environment = environment,
            .env_file = named ? flags.config_file : ".env",
            .env_file_required = named};
}

Result<config::Settings> load(const Flags& flags) {
    return config::load(sources_of(flags));
}

/// What the command line asks for.
struct Asked {
    Flags flags;
    std::function<int()> run; ///< the work of the subcommand that was named
};

/// `run` is called when all is parsed: it shares the ownership of the options that it reads.
void does(CLI::App& command, Asked& asked, std::function<int()> run) {
    command.callback([&asked, run = std::move(run)] { asked.run = run; });
}

/// Work that needs the settings.
std::function<int()> with_settings(const Asked& asked, std::function<int(config::Settings)> run) {
    return [&asked, run = std::move(run)] {
        Result<config::Settings> settings = load(asked.flags);
        if (!settings) {
            complain(settings.error());
            return wrong_use;
        }
        return run(std::move(*settings));
    };
}

/// The same for work on what a service stored: `data_dir` is the folder of the database.
std::function<int()> with_folder(const Asked& asked, std::function<int(config::Settings)> run,
                                 decltype(&stored_data_dir) choose = stored_data_dir) {
    return with_settings(asked, [&asked, run = std::move(run), choose](config::Settings settings) {
        const bool named =
            asked.flags.settings.contains("DATA_DIR") || settings.data_dir != config::Settings{}.data_dir;
        Result<std::filesystem::path> folder = choose(settings, named);
        if (!folder) {
            complain(folder.error());
            return 1;
        }
        settings.data_dir = std::move(*folder);
        return run(std::move(settings));
    });
}

int print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return 0;
}

/// One of these words, and nothing else; shown as such.
template <class T>
CLI::Validator words(const std::vector<std::pair<std::string, T>>& values) {
    std::string all;
    for (const auto& [word, value] : values) {
        all.append(all.empty() ? "" : "|").append(word);
    }
    const auto turn = [values, all](std::string& given) {
        for (const auto& [word, value] : values) {
            if (given == word) {
                given = std::to_string(static_cast<int>(value));
                return std::string{};
            }
        }
        return "must be one of " + all + ", got \"" + given + '"';
    };
    return CLI::Validator(turn, all);
}

void add_serve(CLI::App& app, Asked& asked) {
    CLI::App& command = *app.add_subcommand("serve", "Run the service");
    asked.flags.add_to(command);
    command.set_version_flag("--version", "personalify " + version_text(), "Print the version");
    does(command, asked, with_settings(asked, serve));
}

void add_simulator(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<SimulateOptions>();
    CLI::App& command = *app.add_subcommand("simulator", "Run a simulated Spotify alone");
    command.add_option("--port", options->port, "Port to listen on; 0 takes a free one (default 8001)");
    command.add_option("--latency", options->latency, "Added to every Spotify call, e.g. 150ms")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, int>{{"ms", 1}, {"s", 1000}}));
    command
        .add_option("--fault", options->faults,
                    "A fault, e.g. \"route=/v1/me status=500 times=2\"; may be given several times")
        ->check([](const std::string& text) {
            const auto rule = simulator::parse_fault(text);
            return rule ? std::string{} : rule.error().detail;
        });
    does(command, asked, [options] { return simulate(*options); });
}

void add_config(CLI::App& app, Asked& asked) {
    const auto markdown = std::make_shared<bool>();
    CLI::App& command = *app.add_subcommand("config", "Print the effective configuration, secrets masked");
    asked.flags.add_to(command);
    command.add_flag("--markdown", *markdown, "Print the documentation of all settings instead");
    const auto describe = with_settings(
        asked, [](const config::Settings& settings) { return print(config::describe(settings)); });
    does(command, asked,
         [markdown, describe] { return *markdown ? print(config::documentation()) : describe(); });
}

void add_doctor(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<DoctorOptions>();
    CLI::App& command =
        *app.add_subcommand("doctor", "Look for what is wrong with the configuration and its surroundings");
    asked.flags.add_to(command);
    command.add_flag("--json", options->json, "Print the findings as JSON");
    command.add_flag("--offline", options->offline, "Ask no service");
    does(command, asked, [&asked, options] { return doctor(sources_of(asked.flags), *options); });
}

void add_normalize(CLI::App& app, Asked& asked) {
    const auto file = std::make_shared<std::string>();
    CLI::App& command =
        *app.add_subcommand("normalize", "Print each line of a text with its slang in formal words");
    command.add_option("FILE", *file, "The text; without it, the standard input");
    asked.flags.add_file_to(command);
    does(command, asked, with_settings(asked, [file](const config::Settings& settings) {
             return normalize(
                 {.models_dir = models_dir(settings), .slang_file = settings.slang_file, .input = *file});
         }));
}

void add_analyze(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<AnalyzeOptions>();
    CLI::App& command = *app.add_subcommand(
        "analyze", "Read the emotions in texts, one a line (\\n stands for a line break)");
    command.add_option("FILE", options->input, "The texts; without it, the standard input");
    command.add_flag("--json", options->json, "One JSON line a text: labels, all probabilities, language");
    command.add_flag("--titles", options->titles, "The texts are titles of tracks");
    asked.flags.add_file_to(command);
    does(command, asked, with_settings(asked, [options](const config::Settings& settings) {
             return analyze(settings, *options);
         }));
}

void add_model(CLI::App& app, Asked& asked) {
    CLI::App& model = *app.add_subcommand("model", "Look at the emotion model")->require_subcommand(1);
    does(*model.add_subcommand("info", "Its version, languages and files"), asked,
         with_settings(asked, model_info));
    does(*model.add_subcommand("verify", "Compare its files with their digests"), asked,
         with_settings(asked, model_verify));
    does(*model.add_subcommand("bench", "Measure its time and memory"), asked,
         with_settings(asked, [](const config::Settings& settings) {
             return model_bench(models_dir(settings), static_cast<unsigned>(settings.emotion_threads));
         }));
    const auto network = std::make_shared<std::string>();
    CLI::App& tokens =
        *model.add_subcommand("tokens", "Print the numbers of the tokens of texts, one a line");
    tokens.add_option("NETWORK", *network, "english or multilingual")
        ->required()
        ->check(CLI::IsMember({"english", "multilingual"}));
    does(tokens, asked, with_settings(asked, [network](const config::Settings& settings) {
             return model_tokens(models_dir(settings) / "emotions", *network);
         }));
    asked.flags.add_file_to(model);
}

void add_lyrics(CLI::App& app, Asked& asked) {
    const auto file = std::make_shared<std::string>();
    CLI::App& command =
        *app.add_subcommand("lyrics", "Print the lyrics of a saved Genius page as they would be stored");
    command.add_option("--file", *file, "The page; - for the standard input")->required()->type_name("FILE");
    does(command, asked, [file] { return print_lyrics(*file); });
}

void add_health(CLI::App& app, Asked& asked) {
    const auto url = std::make_shared<std::string>();
    CLI::App& command = *app.add_subcommand("health", "Ask a running service whether it is ready");
    command.add_option("--url", *url, "Its address (default: where these settings make it listen)");
    asked.flags.add_file_to(command);
    does(command, asked, with_settings(asked, [url](const config::Settings& settings) {
             return check_health(settings, *url);
         }));
}

void add_stats(CLI::App& app, Asked& asked) {
    CLI::App& command = *app.add_subcommand("stats", "Print the system's receipt");
    asked.flags.add_folder_to(command);
    does(command, asked, with_folder(asked, print_stats));
}

void add_export(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<ExportOptions>();
    CLI::App& command = *app.add_subcommand("export", "Write all users, the history of syncs, or both");
    command.add_option("WHAT", options->what, "users, history or all")
        ->required()
        ->transform(words<Exported>(
            {{"users", Exported::users}, {"history", Exported::history}, {"all", Exported::all}}));
    command.add_option("--format", options->format, "csv (default), json or ndjson")
        ->transform(words<ExportFormat>(
            {{"csv", ExportFormat::csv}, {"json", ExportFormat::json}, {"ndjson", ExportFormat::ndjson}}));
    command.add_option("--output", options->output, "File to write (default: the standard output)")
        ->type_name("FILE");
    asked.flags.add_folder_to(command);
    does(command, asked, with_folder(asked, [options](const config::Settings& settings) {
             return export_stored(settings, *options);
         }));
}

void add_user(CLI::App& app, Asked& asked) {
    const auto id = std::make_shared<std::string>();
    const auto share = std::make_shared<bool>();
    CLI::App& user = *app.add_subcommand("user", "Look at a user, or change one")->require_subcommand(1);
    const auto add = [&](const char* name, const char* words) -> CLI::App& {
        CLI::App& command = *user.add_subcommand(name, words);
        command.add_option("ID", *id, "The user's Spotify id")->required();
        asked.flags.add_folder_to(command);
        return command;
    };
    does(add("show", "Print a user's receipt"), asked,
         with_folder(asked, [id](const config::Settings& settings) { return show_user(settings, *id); }));
    does(add("delete", "Delete a user with all that is held of them; the service must not run"), asked,
         with_folder(asked, [id](const config::Settings& settings) { return delete_user(settings, *id); }));
    CLI::App& sharing =
        add("share", "Show a user's profile to everybody, or to nobody; the service must not run");
    sharing.add_option("SHARE", *share, "on or off")
        ->required()
        ->transform(words<bool>({{"on", true}, {"off", false}}));
    does(sharing, asked, with_folder(asked, [id, share](const config::Settings& settings) {
             return share_user(settings, *id, *share);
         }));
}

void add_cache(CLI::App& app, Asked& asked) {
    const auto url = std::make_shared<std::string>();
    CLI::App& cache = *app.add_subcommand("cache", "The running service's caches")->require_subcommand(1);
    CLI::App& command = *cache.add_subcommand("clear", "Empty them");
    command.add_option("--url", *url, "The service's address (default: as the settings say)")
        ->type_name("URL");
    asked.flags.add_to(command);
    does(command, asked,
         with_folder(asked, [url](const config::Settings& settings) { return clear_cache(settings, *url); }));
}

void add_backup(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<BackupOptions>();
    CLI::App& command =
        *app.add_subcommand("backup", "Write the database to one file, also while the service runs");
    command.add_option("FILE", options->file, "The backup")->required();
    command.add_flag("--force", options->force, "Replace the file");
    command.add_flag("--with-key", options->with_key,
                     "With the key of Spotify's tokens, sealed with a passphrase");
    command.add_option("--passphrase-file", options->passphrase_file,
                       "Read the passphrase from its first line instead of the terminal");
    asked.flags.add_folder_to(command);
    does(command, asked,
         with_folder(asked, [options](config::Settings settings) { return backup(settings, *options); }));
}

void add_restore(CLI::App& app, Asked& asked) {
    const auto options = std::make_shared<RestoreOptions>();
    CLI::App& command =
        *app.add_subcommand("restore", "Put a backup into a data folder that no service uses");
    command.add_option("FILE", options->file, "The backup")->required();
    command.add_flag("--force", options->force, "Set what is there aside as *.before-restore");
    command.add_option("--passphrase-file", options->passphrase_file,
                       "Read the passphrase from its first line instead of the terminal");
    asked.flags.add_folder_to(command);
    const auto run = [options](const config::Settings& settings) { return restore(settings, *options); };
    does(command, asked, with_folder(asked, run, restored_data_dir));
}

void add_migrate(CLI::App& app, Asked& asked) {
    CLI::App& command = *app.add_subcommand("migrate", "Bring the database's schema up to date");
    asked.flags.add_folder_to(command);
    does(command, asked, with_folder(asked, [](config::Settings settings) { return migrate(settings); }));
}

void add_version(CLI::App& app, Asked& asked) {
    does(*app.add_subcommand("version", "Print the version"), asked,
         [] { return print("personalify " + version_text() + '\n'); });
}

/// In the order of the help.
constexpr auto commands = {add_serve,     add_stats,   add_export, add_user,      add_cache,  add_backup,
                           add_restore,   add_migrate, add_health, add_simulator, add_config, add_doctor,
                           add_normalize, add_analyze, add_model,  add_lyrics,    add_version};

int main_of(int argc, char** argv) {
    CLI::App app{"Personalify: a backend between Spotify and its listeners' own clients.", "personalify"};
    app.require_subcommand(0, 1); // so that an unknown word is named, and not only missed
    Asked asked;
    for (const auto add : commands) {
        add(app, asked);
    }
    app.set_version_flag("--version", "personalify " + version_text(), "Print the version");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& failure) {
        return app.exit(failure) == 0 ? 0 : wrong_use;
    }
    if (!asked.run) {
        std::fputs(app.help().c_str(), stderr);
        return wrong_use;
    }
    return asked.run();
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
