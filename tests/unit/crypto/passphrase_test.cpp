#include "crypto/hasher.hpp"
#include "crypto/passphrase.hpp"

#include <gtest/gtest.h>

namespace personalify::crypto {

TEST(Passphrase, OpensWhatItSealed) {
    const std::string sealed = seal_with_passphrase("the key", "correct horse", "context");
    EXPECT_EQ(sealed.find("the key"), std::string::npos);
    EXPECT_NE(sealed, seal_with_passphrase("the key", "correct horse", "context")) << "salted";
    EXPECT_EQ(open_with_passphrase(sealed, "correct horse", "context"), "the key");
}

TEST(Passphrase, OpensNothingElse) {
    std::string sealed = seal_with_passphrase("the key", "correct horse", "context");
    EXPECT_FALSE(open_with_passphrase(sealed, "Correct horse", "context"));
    EXPECT_FALSE(open_with_passphrase(sealed, "correct horse", "another"));
    EXPECT_FALSE(open_with_passphrase(sealed.substr(0, 20), "correct horse", "context"));
    EXPECT_FALSE(open_with_passphrase("", "correct horse", "context"));
    sealed[3] = static_cast<char>(sealed[3] ^ 1);
    EXPECT_FALSE(open_with_passphrase(sealed, "correct horse", "context"));
}

TEST(Hasher, IsTheHashOfAllPieces) {
    Hasher hasher;
    hasher.add("some");
    hasher.add("");
    hasher.add(" text");
    EXPECT_EQ(hasher.finish(), sha256("some text"));
    EXPECT_EQ(Hasher{}.finish(), sha256(""));
}

} // namespace personalify::crypto
