#include "app/login_records.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using Fields = std::vector<std::string>;

} // namespace

TEST(LoginRecords, FieldsComeBackAsTheyWere) {
    const std::string bytes{"\0:\n7:", 5};
    EXPECT_EQ(decode_record(encode_record({"verifier", "", bytes, "http://127.0.0.1:8000/callback"})),
              (Fields{"verifier", "", bytes, "http://127.0.0.1:8000/callback"}));
    EXPECT_EQ(decode_record(encode_record({""})), Fields{""});
}

TEST(LoginRecords, DifferentFieldsNeverLookTheSame) {
    EXPECT_NE(encode_record({"ab", "c"}), encode_record({"a", "bc"}));
    EXPECT_NE(encode_record({"1:a"}), encode_record({"a"}));
}

TEST(LoginRecords, AnythingElseIsNoRecord) {
    for (const char* text :
         {"", "abc", "3:ab", "3", "3:", "-1:a", ":a", "1:a2:b", "99999999999999999999:a", " 1:a"}) {
        EXPECT_EQ(decode_record(text), Fields{}) << text;
    }
}

} // namespace personalify::app
