#pragma once

#include "nlp/tokenizer.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

/// The model of nonsense in tests/data/tiny-model, made by training/make_test_model.py.
namespace personalify::nlp::test {

inline std::filesystem::path tiny_model() {
    return PERSONALIFY_TINY_MODEL;
}

inline std::string contents(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    EXPECT_TRUE(in) << file;
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

/// Of the network "english" or "multilingual".
inline std::unique_ptr<Tokenizer> tiny_tokenizer(const std::string& network) {
    Result<Vocabulary> vocabulary = Vocabulary::parse(contents(tiny_model() / (network + ".vocab")));
    EXPECT_TRUE(vocabulary) << vocabulary.error().cause;
    Result<std::unique_ptr<Tokenizer>> tokenizer = make_tokenizer(std::move(vocabulary).value());
    EXPECT_TRUE(tokenizer) << tokenizer.error().cause;
    return std::move(tokenizer).value();
}

} // namespace personalify::nlp::test
