#include "upstream/common/closure.hpp"

#include <gtest/gtest.h>

namespace personalify::upstream {

TEST(ClosureOfKey, AnotherKeyIsAnotherClosureAndNoneShowsItsKey) {
    EXPECT_EQ(closure_of_key("genius-api", "").stored, "genius-api");
    const std::string one = closure_of_key("genius-api", "secret-one").stored;
    EXPECT_EQ(one, closure_of_key("genius-api", "secret-one").stored);
    EXPECT_NE(one, closure_of_key("genius-api", "secret-two").stored);
    EXPECT_TRUE(one.starts_with("genius-api-"));
    EXPECT_FALSE(one.contains("secret"));
}

} // namespace personalify::upstream
