#include "net/form.hpp"

#include <gtest/gtest.h>

namespace personalify::net {
namespace {

TEST(FormEncode, KeepsUnreservedAndWritesSpacesAsPlus) {
    EXPECT_EQ(form_encode({{"scope", "user-top-read a_b.c~d"}, {"n", "1"}}),
              "scope=user-top-read+a_b.c~d&n=1");
}

TEST(FormEncode, EscapesEverythingElseWithCapitalDigits) {
    EXPECT_EQ(form_encode({{"redirect_uri", "http://127.0.0.1:3000/callback"}}),
              "redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fcallback");
    EXPECT_EQ(form_encode({{"a&b", "=+%\n\xC3\xA9"}}), "a%26b=%3D%2B%25%0A%C3%A9");
}

TEST(FormEncode, NothingIsNothing) {
    EXPECT_EQ(form_encode({}), "");
    EXPECT_EQ(form_encode({{"a", ""}}), "a=");
}

} // namespace
} // namespace personalify::net
