#include "config/network.hpp"
#include "config/settings.hpp"
#include "support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace personalify::config {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LoadTest : public ::testing::Test {
protected:
    void flag(const std::string& name, const std::string& value) { flags_[name] = value; }
    void environment(const std::string& name, const std::string& value) { environment_[name] = value; }
    void env_file(const std::string& text) { std::ofstream{file_} << text; }

    Result<Settings> load() const {
        return config::load({.flags = flags_,
                             .environment = [this](const std::string& name) { return variable(name); },
                             .env_file = file_,
                             .env_file_required = false});
    }
    /// The message that the configuration is refused with; "" when it is not.
    std::string problems() const {
        const Result<Settings> settings = load();
        return settings ? "" : settings.error().detail;
    }

    test::TempDir folder_;
    std::filesystem::path file_ = folder_.path() / "settings.env";

private:
    std::optional<std::string> variable(const std::string& name) const {
        const auto at = environment_.find(name);
        return at == environment_.end() ? std::nullopt : std::optional{at->second};
    }
    std::map<std::string, std::string> flags_;
    std::map<std::string, std::string> environment_;
};

} // namespace

TEST_F(LoadTest, NothingSetIsTheDefaults) {
    const Result<Settings> settings = load();
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->listen_address, "127.0.0.1");
    EXPECT_EQ(settings->port, 8000);
    EXPECT_EQ(settings->spotify_call_budget, 90);
    EXPECT_FALSE(settings->profiles_public);
    EXPECT_FALSE(settings->has_spotify_app());
}

TEST_F(LoadTest, TheDocumentedDefaultsAreTheRealOnes) {
    const Settings untouched;
    for (const Setting& setting : settings_table()) {
        Settings documented;
        if (!setting.fallback.empty()) {
            EXPECT_EQ(setting.set(documented, std::string{setting.fallback}), std::nullopt) << setting.name;
        }
        EXPECT_EQ(setting.get(documented), setting.get(untouched)) << setting.name;
    }
}

TEST_F(LoadTest, FlagsWinOverTheEnvironmentAndThatOverTheFile) {
    env_file("PORT=1\nLISTEN=1.1.1.1\nDATA_DIR=file\n");
    environment("PORT", "2");
    environment("LISTEN", "2.2.2.2");
    flag("PORT", "3");
    const Settings settings = load().value();
    EXPECT_EQ(settings.port, 3);
    EXPECT_EQ(settings.listen_address, "2.2.2.2");
    EXPECT_EQ(settings.data_dir, "file");
}

TEST_F(LoadTest, TheLastLineOfANameWins) {
    env_file("PORT=1\nPORT=2\n");
    EXPECT_EQ(load()->port, 2);
}

TEST_F(LoadTest, AValueThatIsOverruledIsNotJudged) {
    env_file("PORT=wrong\n");
    environment("PORT", "2");
    EXPECT_EQ(problems(), "");
}

TEST_F(LoadTest, UnknownNamesInTheFileAreNamed) {
    env_file("SPOTFIY_CLIENT_ID=x\n");
    EXPECT_THAT(problems(), HasSubstr("SPOTFIY_CLIENT_ID"));
    EXPECT_THAT(problems(), HasSubstr(file_.string()));
}

TEST_F(LoadTest, NamesOfThePythonServiceAreTaken) {
    env_file("REDIS_URL=redis://localhost\nGENIUS_ACCESS_TOKEN=x\nTELEGRAM_CHAT_ID=1\nDATABASE_URL=\n");
    EXPECT_EQ(problems(), "");
}

TEST_F(LoadTest, TheEnvironmentMayHoldAnything) {
    environment("PATH", "/bin");
    EXPECT_EQ(problems(), "");
}

TEST_F(LoadTest, AllProblemsComeAtOnce) {
    env_file("PROT=1\nnonsense\nDEMO=perhaps\nSPOTIFY_CLIENT_ID=id\n");
    environment("PORT", "65536");
    flag("THREADS", "many");
    const std::string message = problems();
    for (const char* part : {"PROT", "line 2", "DEMO (", "\"perhaps\"",
                             "PORT (environment) must be a whole number between 0 and 65535",
                             "THREADS (flag)", "\"many\"", "SPOTIFY_CLIENT_SECRET"}) {
        EXPECT_THAT(message, HasSubstr(part));
    }
    EXPECT_EQ(load().error().code, Errc::invalid_argument);
}

TEST_F(LoadTest, ATelegramBotIsChecked) {
    environment("TELEGRAM_BOT_TOKEN", "123456:AA-bb_cc");
    environment("TELEGRAM_CHAT_ID", "-1001234567890");
    EXPECT_EQ(problems(), "");
    EXPECT_TRUE(load()->has_telegram());
    environment("TELEGRAM_CHAT_ID", "@owners");
    EXPECT_EQ(problems(), "");
    for (const char* bad : {"owners", "-", "12x", "@", "123456789012345678901"}) {
        environment("TELEGRAM_CHAT_ID", bad);
        EXPECT_THAT(problems(), HasSubstr("TELEGRAM_CHAT_ID (environment) must be a number, or @name"))
            << bad;
    }
    environment("TELEGRAM_CHAT_ID", "");
    EXPECT_FALSE(load()->has_telegram());
    for (const char* bad : {"123456", "123:a/b", "123:a?b", "12 3:ab"}) {
        environment("TELEGRAM_BOT_TOKEN", bad);
        EXPECT_THAT(problems(), HasSubstr("TELEGRAM_BOT_TOKEN")) << bad;
        EXPECT_THAT(problems(), ::testing::Not(HasSubstr(bad))) << "a secret";
    }
}

TEST_F(LoadTest, AccessIsOpenOrByInvitation) {
    EXPECT_EQ(load()->access, AccessChoice::open);
    environment("ACCESS", "invite");
    EXPECT_EQ(load()->access, AccessChoice::invite);
    environment("ACCESS", "closed");
    EXPECT_THAT(problems(), HasSubstr("ACCESS (environment) must be open or invite"));
}

TEST_F(LoadTest, AFileThatIsThereMustBeReadable) {
    file_ = file_.parent_path(); // a folder
    EXPECT_THAT(problems(), HasSubstr("cannot read the configuration file"));
}

TEST_F(LoadTest, SecretsAreNeverShown) {
    environment("SPOTIFY_CLIENT_ID", "the id");
    environment("SPOTIFY_CLIENT_SECRET", "spotify's secret");
    environment("APP_SECRET", "ours, of at least 32 characters, secret");
    const std::string text = describe(load().value());
    EXPECT_THAT(text, HasSubstr("SPOTIFY_CLIENT_ID=the id\n"));
    EXPECT_THAT(text, HasSubstr("SPOTIFY_CLIENT_SECRET=********\n"));
    EXPECT_THAT(text, HasSubstr("APP_SECRET=********\n"));
    EXPECT_THAT(text, Not(HasSubstr("secret\n")));
    EXPECT_THAT(describe({}), HasSubstr("\nAPP_SECRET=\n")) << "unset is told from set";
}

TEST_F(LoadTest, ClientIdAndSecretGoTogether) {
    environment("SPOTIFY_CLIENT_ID", "id");
    EXPECT_THAT(problems(), HasSubstr("go together"));
    flag("DEMO", "true");
    EXPECT_EQ(problems(), "") << "the demo needs neither";
    flag("DEMO", "false");
    environment("SPOTIFY_CLIENT_SECRET", "secret");
    EXPECT_TRUE(load()->has_spotify_app());
}

TEST_F(LoadTest, NoTextLeavesUnlessSomebodyAskedForIt) {
    const Settings settings = load().value();
    EXPECT_EQ(settings.emotion_engine, EmotionEngineChoice::local);
    EXPECT_EQ(settings.translator, TranslatorChoice::none);
}

TEST_F(LoadTest, EnginesAndTranslatorsAreNamed) {
    environment("HUGGING_FACE_API_KEY", "hf_x");
    environment("EMOTION_ENGINE", "hybrid");
    environment("TRANSLATOR", "web");
    EXPECT_EQ(load()->emotion_engine, EmotionEngineChoice::hybrid);
    EXPECT_EQ(load()->translator, TranslatorChoice::web);
    EXPECT_THAT(describe(load().value()), HasSubstr("EMOTION_ENGINE=hybrid\n"));
    EXPECT_THAT(describe(load().value()), HasSubstr("HUGGING_FACE_API_KEY=********\n"));
    environment("EMOTION_ENGINE", "cloud");
    EXPECT_THAT(
        problems(),
        HasSubstr("EMOTION_ENGINE (environment) must be local, huggingface or hybrid, got \"cloud\""));
}

TEST_F(LoadTest, AServiceNeedsItsKey) {
    environment("EMOTION_ENGINE", "huggingface");
    environment("TRANSLATOR", "google");
    EXPECT_THAT(problems(), HasSubstr("EMOTION_ENGINE=huggingface needs a HUGGING_FACE_API_KEY"));
    EXPECT_THAT(problems(), HasSubstr("TRANSLATOR=google needs a GOOGLE_TRANSLATE_API_KEY"));
    flag("DEMO", "true");
    EXPECT_EQ(problems(), "") << "the demo has services of its own";
    flag("DEMO", "false");
    environment("HUGGING_FACE_API_KEY", "hf_x");
    environment("GOOGLE_TRANSLATE_API_KEY", "key");
    EXPECT_EQ(problems(), "");
}

TEST_F(LoadTest, AModelHasAnOwner) {
    for (const char* bad : {"", "roberta", "a/b/c", "/b", "a/", "a/b?c", "../b"}) {
        environment("HF_MODEL", bad);
        EXPECT_THAT(problems(), HasSubstr("HF_MODEL (environment) must be owner/name")) << bad;
    }
    environment("HF_MODEL", "joeddav/distilbert-base-uncased-go-emotions-student");
    EXPECT_EQ(problems(), "");
}

TEST_F(LoadTest, AskingForTheDistributedShapeIsRefused) {
    for (const char* name : {"DATABASE_URL", "POSTGRES_HOST"}) {
        env_file(std::string{name} + "=postgres\n");
        EXPECT_THAT(problems(), HasSubstr(std::string{name} + " asks for the distributed shape"));
        env_file("");
        environment(name, "postgres");
        EXPECT_THAT(problems(), HasSubstr(std::string{name} + " asks for the distributed shape"));
        environment(name, "");
        EXPECT_EQ(problems(), "");
    }
}

TEST_F(LoadTest, AFileThatWasNamedHasToBeThere) {
    const std::filesystem::path missing = folder_.path() / "missing.env";
    EXPECT_TRUE(
        config::load({.flags = {}, .environment = {}, .env_file = missing, .env_file_required = false}));
    const auto refused =
        config::load({.flags = {}, .environment = {}, .env_file = missing, .env_file_required = true});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr(missing.string()));
}

TEST_F(LoadTest, ListsAreSeparatedByCommas) {
    environment("CORS_ORIGINS", " https://one.example , https://two.example,,");
    EXPECT_EQ(load()->cors_origins, (std::vector<std::string>{"https://one.example", "https://two.example"}));
    EXPECT_THAT(describe(load().value()),
                HasSubstr("CORS_ORIGINS=https://one.example,https://two.example\n"));
    environment("CORS_ORIGINS", "");
    EXPECT_TRUE(load()->cors_origins.empty()) << "set to nothing is nobody, not the default";
}

TEST_F(LoadTest, OriginsAreWhatBrowsersSend) {
    for (const char* good : {"https://example.org", "http://localhost:3000", "http://127.0.0.1:3000",
                             "http://[::1]:3000", "https://one.example,https://two.example:8443"}) {
        environment("CORS_ORIGINS", good);
        EXPECT_EQ(problems(), "") << good;
    }
    for (const char* bad : {"*", "example.org", "https://example.org/", "https://example.org/app", "null",
                            "ftp://example.org", "https://Example.org", "https://a@example.org",
                            "https://example.org:", "https://example.org?x", "https://*.example.org/"}) {
        environment("CORS_ORIGINS", std::string{"https://fine.example,"} + bad);
        EXPECT_THAT(problems(),
                    HasSubstr(std::string{"has an entry \""} + bad + "\" that must be an origin"));
    }
}

TEST_F(LoadTest, ProxiesAreAddressesOrNetworks) {
    environment("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8, ::1, fd00::/8, 0.0.0.0/0, 2001:db8::1/128");
    EXPECT_EQ(problems(), "");
    for (const char* bad : {"proxy.example", "10.0.0", "10.0.0.256", "10.0.0.0/33", "::/129", "10.0.0.0/",
                            "10.0.0.0/-1", "10.0.0.0/8x", "/8", "10.0.0.1:80", "*"}) {
        environment("TRUSTED_PROXIES", std::string{"127.0.0.1,"} + bad);
        EXPECT_THAT(problems(), HasSubstr(std::string{"has an entry \""} + bad + "\" that must"));
    }
}

TEST(Networks, AreReadToTheirEnd) {
    using namespace std::string_view_literals;
    EXPECT_TRUE(problem_of_network("10.0.0.1\0.example"sv));
    EXPECT_FALSE(problem_of_network("10.0.0.1"));
}

TEST_F(LoadTest, TheKeyOfTheTokensIsLongAndNotRepeated) {
    environment("APP_SECRET", "exactly-31-characters-long-text");
    EXPECT_THAT(problems(), HasSubstr("APP_SECRET (environment) must have at least 32 characters"));
    EXPECT_THAT(problems(), Not(HasSubstr("exactly")));
    environment("APP_SECRET", "exactly-32-characters-long-text!");
    EXPECT_EQ(problems(), "");
    environment("APP_SECRET", "");
    EXPECT_EQ(problems(), "") << "as if unset";
}

TEST_F(LoadTest, FlagsAreReadInAnyUsualWord) {
    for (const char* word : {"true", "TRUE", "on", "1", "yes", "Yes"}) {
        environment("PROFILES_PUBLIC", word);
        EXPECT_TRUE(load()->profiles_public) << word;
    }
    for (const char* word : {"false", "off", "0", "no", "NO"}) {
        environment("PROFILES_PUBLIC", word);
        EXPECT_FALSE(load()->profiles_public) << word;
    }
    environment("PROFILES_PUBLIC", "");
    EXPECT_THAT(problems(), HasSubstr("PROFILES_PUBLIC"));
}

TEST_F(LoadTest, NumbersHaveTheirRange) {
    for (const char* bad : {"", "0", "-1", "1.5", "1e3", "86401", " 5", "5s", "99999999999999999999"}) {
        environment("HTTP_IDLE_TIMEOUT_SECONDS", bad);
        EXPECT_THAT(problems(), HasSubstr("HTTP_IDLE_TIMEOUT_SECONDS")) << bad;
    }
    environment("HTTP_IDLE_TIMEOUT_SECONDS", "86400");
    EXPECT_EQ(load()->http_idle_timeout, std::chrono::hours{24});
}

TEST_F(LoadTest, BasesLoseTheirLastSlash) {
    environment("FRONTEND_URL", "https://front.example/");
    environment("APP_URL", "https://app.example/base/");
    EXPECT_EQ(load()->frontend_url, "https://front.example");
    EXPECT_EQ(load()->app_url, "https://app.example/base");
    environment("APP_URL", "https://app.example//");
    EXPECT_EQ(load()->app_url, "https://app.example");
}

TEST(Documentation, NamesEverySettingAndItsDefault) {
    const std::string text = documentation();
    for (const Setting& setting : settings_table()) {
        const std::string fallback =
            setting.fallback.empty() ? "" : "`" + std::string{setting.fallback} + "`";
        EXPECT_THAT(text, HasSubstr("| `" + std::string{setting.name} + "` | " + fallback + " | "));
        EXPECT_EQ(setting.doc.find('\n'), std::string_view::npos) << setting.name;
        EXPECT_EQ(setting.doc.find('|'), std::string_view::npos) << setting.name;
        EXPECT_FALSE(setting.doc.empty()) << setting.name;
    }
    for (const std::string_view name : reserved_names()) {
        EXPECT_THAT(text, HasSubstr('`' + std::string{name} + '`'));
    }
}

TEST(SettingsTable, NamesAreUniqueAndNotReserved) {
    std::vector<std::string_view> names{reserved_names()};
    for (const Setting& setting : settings_table()) {
        names.push_back(setting.name);
    }
    std::ranges::sort(names);
    EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

} // namespace personalify::config
