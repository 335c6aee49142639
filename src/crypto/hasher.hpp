#pragma once

#include "crypto/crypto.hpp"

#include <memory>

namespace personalify::crypto {

/// SHA-256 of what comes piece by piece.
class Hasher {
public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    void add(std::string_view bytes);
    /// Of all that was added; once.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace personalify::crypto
