#include "main/secret_key.hpp"
#include "support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace personalify {

namespace {

using std::filesystem::perms;
using ::testing::HasSubstr;
using ::testing::Not;

class SecretKeyTest : public ::testing::Test {
protected:
    Result<std::string> key(const std::string& app_secret = "") const {
        return secret_key(app_secret, folder_.path());
    }
    void write(const std::string& text) const {
        std::ofstream{file_} << text;
        std::filesystem::permissions(file_, perms::owner_read | perms::owner_write);
    }

    test::TempDir folder_;
    std::filesystem::path file_ = folder_.path() / "secret.key";
};

/// Another umask as long as it lives.
class Umask {
public:
    explicit Umask(mode_t mask)
        : before_(::umask(mask)) {}
    ~Umask() { ::umask(before_); }
    Umask(const Umask&) = delete;
    Umask& operator=(const Umask&) = delete;

private:
    mode_t before_;
};

} // namespace

TEST_F(SecretKeyTest, IsGeneratedForItsOwnerAlone) {
    const Umask open_to_all{0};
    const Result<std::string> made = key();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size(), 43U); // 256 bits
    EXPECT_EQ(std::filesystem::status(file_).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder_.path()}, {}), 1)
        << "nothing is left behind";
}

TEST_F(SecretKeyTest, StaysTheSame) {
    const std::string made = key().value();
    EXPECT_EQ(key(), made);
    const test::TempDir other;
    EXPECT_NE(secret_key("", other.path()), made);
}

TEST_F(SecretKeyTest, AppSecretWinsAndWritesNothing) {
    EXPECT_EQ(key("the operator's own"), "the operator's own");
    EXPECT_FALSE(std::filesystem::exists(file_));
    const std::string made = key().value();
    EXPECT_EQ(key("the operator's own"), "the operator's own");
    EXPECT_EQ(key(), made);
}

TEST_F(SecretKeyTest, RefusesAFileThatOthersMayRead) {
    const std::string made = key().value();
    for (const perms others : {perms::group_read, perms::others_read, perms::group_write}) {
        std::filesystem::permissions(file_, perms::owner_read | perms::owner_write | others);
        const Result<std::string> refused = key();
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Errc::conflict);
        EXPECT_THAT(refused.error().detail, HasSubstr("chmod 600 " + file_.string()));
        EXPECT_THAT(refused.error().detail, Not(HasSubstr(made)));
    }
    std::filesystem::permissions(file_, perms::owner_read | perms::owner_write);
    EXPECT_EQ(key(), made);
}

TEST_F(SecretKeyTest, NeverReplacesAFileThatHoldsNoKey) {
    for (const char* text : {"", "\n", "short\n"}) {
        write(text);
        EXPECT_EQ(key().error().code, Errc::conflict);
        EXPECT_EQ(std::filesystem::file_size(file_), std::string_view{text}.size());
    }
}

TEST_F(SecretKeyTest, LineEndsAreNoPartOfIt) {
    const std::string text(40, 'k');
    write(text + "\r\n");
    EXPECT_EQ(key(), text);
}

TEST_F(SecretKeyTest, AWriteThatACrashCutShortIsForgotten) {
    std::ofstream{file_.string() + ".new"} << "half";
    EXPECT_EQ(key()->size(), 43U);
}

TEST_F(SecretKeyTest, WithoutAFolderItSaysSo) {
    const Result<std::string> failed = secret_key("", folder_.path() / "missing");
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().detail, HasSubstr("missing"));
}

TEST_F(SecretKeyTest, AnAdminTokenIsKeptInTheSameWay) {
    const std::filesystem::path file = admin_token_file(folder_.path());
    EXPECT_EQ(admin_token("the operator's own", folder_.path()), "the operator's own");
    EXPECT_FALSE(std::filesystem::exists(file));
    const std::string made = admin_token("", folder_.path()).value();
    EXPECT_EQ(made.size(), 43U);
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(admin_token("", folder_.path()), made);
    EXPECT_NE(key().value(), made);
    std::ofstream{file} << "too short";
    const Result<std::string> refused = admin_token("", folder_.path());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().detail, HasSubstr("does not hold an admin token"));
}

} // namespace personalify
