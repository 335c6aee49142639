#include "main/fresh_file.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>

namespace personalify {

namespace {

class FreshFileTest : public ::testing::Test {
protected:
    std::string content() const {
        std::ifstream in(place_);
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    test::TempDir dir_;
    std::filesystem::path place_ = dir_.path() / "file";
};

} // namespace

TEST_F(FreshFileTest, ComesToItsPlaceWhenItIsWhole) {
    std::ofstream{place_} << "old";
    Result<FreshFile> file = FreshFile::create(place_);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new "));
    ASSERT_TRUE(file->write("content"));
    EXPECT_EQ(content(), "old");
    ASSERT_TRUE(file->put_in_place());
    EXPECT_EQ(content(), "new content");
    struct stat found{};
    ASSERT_EQ(::stat(place_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_FALSE(std::filesystem::exists(file->passing_name()));
}

TEST_F(FreshFileTest, GoesWithoutATrace) {
    std::filesystem::path passing;
    {
        Result<FreshFile> file = FreshFile::create(place_);
        ASSERT_TRUE(file);
        passing = file->passing_name();
        EXPECT_TRUE(std::filesystem::exists(passing));
        const Result<FreshFile> second = FreshFile::create(place_);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, Errc::conflict);
        EXPECT_TRUE(std::filesystem::exists(passing)) << "the first one's is left alone";
    }
    EXPECT_FALSE(std::filesystem::exists(passing));
    EXPECT_FALSE(std::filesystem::exists(place_));
}

TEST_F(FreshFileTest, TakesOverWhatAKilledOneLeft) {
    {
        std::ofstream{dir_.path() / ".file.partial"} << "half of somethi";
    }
    Result<FreshFile> file = FreshFile::create(place_);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("x"));
    ASSERT_TRUE(file->put_in_place());
    EXPECT_EQ(content(), "x");
}

TEST_F(FreshFileTest, NamesTheFolderThatIsNotThere) {
    const Result<FreshFile> file = FreshFile::create(dir_.path() / "missing" / "file");
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().detail.find("missing"), std::string::npos);
}

} // namespace personalify
