#include "crypto/crypto.hpp"

#include <gtest/gtest.h>

namespace personalify::crypto {

TEST(SecretBox, OpensWhatItSealed) {
    const SecretBox box{"key material of any length"};
    for (const std::string& plain :
         {std::string{}, std::string{"token"}, std::string{"a\0b", 3}, std::string(5000, 'x')}) {
        const std::string sealed = box.seal(plain, "ada");
        EXPECT_EQ(sealed.size(), plain.size() + 1 + 12 + 16);
        EXPECT_EQ(box.open(sealed, "ada").value(), plain);
    }
}

TEST(SecretBox, AnotherProcessWithTheSameSecretOpensIt) {
    EXPECT_EQ(SecretBox{"secret"}.open(SecretBox{"secret"}.seal("token", "ada"), "ada").value(), "token");
}

TEST(SecretBox, SealingTwiceDiffers) {
    const SecretBox box{"secret"};
    EXPECT_NE(box.seal("token", "ada"), box.seal("token", "ada"));
    EXPECT_EQ(box.seal("token", "ada").find("token"), std::string::npos);
}

TEST(SecretBox, AnotherContextOrKeyDoesNotOpen) {
    const SecretBox box{"secret"};
    const std::string sealed = box.seal("token", "ada");
    for (const Result<std::string>& opened :
         {box.open(sealed, "bob"), box.open(sealed, ""), SecretBox{"secreT"}.open(sealed, "ada")}) {
        ASSERT_FALSE(opened.has_value());
        EXPECT_EQ(opened.error().code, Errc::internal);
        EXPECT_EQ(opened.error().cause.find("token"), std::string::npos);
    }
}

TEST(SecretBox, NoChangedByteOpens) {
    const SecretBox box{"secret"};
    const std::string sealed = box.seal("token", "ada");
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(box.open(changed, "ada").has_value()) << at;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(box.open(sealed.substr(0, size), "ada").has_value()) << size;
    }
    EXPECT_FALSE(box.open(sealed + "x", "ada").has_value());
}

TEST(SecretBox, StillOpensWhatAnEarlierVersionSealed) {
    // Sealed once with this format: a change of it must come with a new version byte.
    const std::string sealed = base64_decode("AQABAgMEBQYHCAkKCxbI6yi+2YJiSq3Sxv2UxAKLy4XbfA==").value();
    EXPECT_EQ(SecretBox{"secret"}.open(sealed, "ada").value(), "token");
}

} // namespace personalify::crypto
