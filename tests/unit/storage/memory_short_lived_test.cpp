#include "storage/memory/short_lived.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::storage {

namespace {

using namespace std::chrono_literals;
using test::run;

class MemoryShortLivedTest : public ::testing::Test {
protected:
    std::optional<std::string> take(const std::string& key) { return run(store_.take(key)).value(); }
    void put(const std::string& key, const std::string& value, std::chrono::seconds lifetime) {
        ASSERT_TRUE(run(store_.put(key, value, lifetime)));
    }
    ManualClock clock_{test::noon};
    MemoryShortLived store_{3, 100, clock_};
};

} // namespace

TEST_F(MemoryShortLivedTest, WhenFullTheSoonestToExpireMakesRoom) {
    put("long", "1", 90s);
    put("short", "2", 10s);
    put("middle", "3", 50s);
    put("new", "4", 70s);
    EXPECT_EQ(take("short"), std::nullopt);
    EXPECT_EQ(take("long"), "1");
    EXPECT_EQ(take("middle"), "3");
    EXPECT_EQ(take("new"), "4");
}

TEST_F(MemoryShortLivedTest, BytesAreBoundedToo) {
    put("a", std::string(59, 'x'), 10s);
    put("b", std::string(39, 'x'), 20s);
    put("c", std::string(9, 'x'), 30s); // 110 bytes: the first goes
    EXPECT_EQ(take("a"), std::nullopt);
    EXPECT_TRUE(take("b").has_value());
    EXPECT_TRUE(take("c").has_value());
    const Result<> refused = run(store_.put("k", std::string(100, 'x'), 10s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::overloaded);
}

TEST_F(MemoryShortLivedTest, ExpiredOnesMakeRoomFirst) {
    put("a", "1", 10s);
    put("b", "2", 10s);
    put("c", "3", 100s);
    clock_.advance(10s);
    put("d", "4", 20s);
    put("e", "5", 20s);
    EXPECT_EQ(take("c"), "3");
    EXPECT_EQ(take("d"), "4");
    EXPECT_EQ(take("e"), "5");
}

} // namespace personalify::storage
