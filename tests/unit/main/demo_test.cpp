#include "main/demo.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace personalify {
namespace {

class DemoPort : public ::testing::Test {
protected:
    void SetUp() override {
        std::string path = ::testing::TempDir() + "demo-XXXXXX";
        ASSERT_NE(::mkdtemp(path.data()), nullptr);
        folder_ = path;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::uint16_t read(std::string_view text) {
        std::ofstream(folder_ / "demo-port") << text;
        return remembered_demo_port(folder_);
    }

    std::filesystem::path folder_;
};

TEST_F(DemoPort, IsRemembered) {
    EXPECT_EQ(remembered_demo_port(folder_), 0);
    EXPECT_TRUE(remember_demo_port(folder_, 8001));
    EXPECT_EQ(remembered_demo_port(folder_), 8001);
    EXPECT_TRUE(remember_demo_port(folder_, 65'535));
    EXPECT_EQ(remembered_demo_port(folder_), 65'535);
    EXPECT_FALSE(remember_demo_port(folder_ / "missing", 8001));
}

TEST_F(DemoPort, WhatIsNoPortIsIgnored) {
    EXPECT_EQ(read("8001"), 8001);
    for (const char* text :
         {"", "\n", "0", "-1", "65536", "8001 8002", "eight", "8001x", "0x1f41", "00000000000000008001"}) {
        EXPECT_EQ(read(text), 0) << text;
    }
    std::filesystem::remove(folder_ / "demo-port");
    std::filesystem::create_directory(folder_ / "demo-port");
    EXPECT_EQ(remembered_demo_port(folder_), 0) << "a folder";
}

} // namespace
} // namespace personalify
