#include "crypto/crypto.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sys/mman.h>
#include <unistd.h>

namespace personalify::crypto {

TEST(Sha256, VectorsOfFips180) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Base64, VectorsOfRfc4648) {
    const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"},
                                                           {"\xfb\xff\xfe", "+//+"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64(plain), encoded);
        EXPECT_EQ(base64_decode(encoded).value(), plain);
    }
}

TEST(Base64, EveryByteComesBack) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes.push_back(static_cast<char>(byte));
        EXPECT_EQ(base64_decode(base64(bytes)).value(), bytes);
    }
}

TEST(Base64, RefusesWhatNoEncoderWrites) {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "=", "Z===", "Zh==", "Zm9=", "Zm9v\n",
                             "Zm 9v", "Zm-_", "Zg==Zg==", "Z=g="}) {
        const Result<std::string> decoded = base64_decode(text);
        ASSERT_FALSE(decoded.has_value()) << text;
        EXPECT_EQ(decoded.error().code, Errc::invalid_argument);
    }
}

TEST(Base64Url, UsesTheUrlAlphabetWithoutPadding) {
    EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
    EXPECT_EQ(base64url("f"), "Zg");
    EXPECT_EQ(base64url(""), "");
}

TEST(Pkce, ChallengeOfAVerifier) {
    EXPECT_EQ(pkce_challenge("pKce-verifier_for.tests~0123456789ABCDEFGHIJKLMNOPQ"),
              "kIHAk5X3aW12e0ikHghcehJn-6OpfWWrEE5FFghjF6c");
    // RFC 7636, appendix B.
    EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(Random, TokensDiffer) {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) {
        const std::string token = random_token();
        EXPECT_EQ(token.size(), 43U);
        EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                  std::string::npos);
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 100U);
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_bytes(17).size(), 17U);
}

TEST(EqualConstantTime, ComparesTexts) {
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_TRUE(equal_constant_time("secret", "secret"));
    EXPECT_FALSE(equal_constant_time("secret", "secreT"));
    EXPECT_FALSE(equal_constant_time("secret", "secre"));
}

TEST(EqualConstantTime, TellsWhatIsEqual) {
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_TRUE(equal_constant_time("token", "token"));
    EXPECT_FALSE(equal_constant_time("token", "tokem"));
    EXPECT_FALSE(equal_constant_time("token", "Token"));
    EXPECT_FALSE(equal_constant_time("token", "token "));
}

// The time tells nothing of where two texts differ: both are read to their ends, however early they do. Here
// the end cannot be read, and who tries dies.
TEST(EqualConstantTimeDeathTest, ReadsOnAfterTheFirstDifference) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    void* const pages = ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(pages, MAP_FAILED);
    char* const middle = static_cast<char*>(pages) + page;
    std::string_view secret{middle - 8, 16};
    middle[-8] = 'x';
    EXPECT_FALSE(equal_constant_time(std::string(16, 'a'), secret));
    ASSERT_EQ(::mprotect(middle, page, PROT_NONE), 0);
    EXPECT_DEATH(static_cast<void>(equal_constant_time(std::string(16, 'a'), secret)), "");
    ::munmap(pages, 2 * page);
}

} // namespace personalify::crypto
