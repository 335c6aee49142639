#pragma once

#include "core/task.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace personalify::app {

/// What came of one message.
enum class MessageFate : std::uint8_t {
    sent,
    maybe_sent,    ///< it left, and no whole answer came back
    not_sent,      ///< nothing left, or the service refused it for now: may be sent again
    misconfigured, ///< the service refused it until somebody changes the configuration
    unsendable,    ///< the service will never take this message
};

struct MessageOutcome {
    MessageFate fate = MessageFate::sent;
    std::optional<std::chrono::seconds> wait = std::nullopt; ///< that the service asks for, of every message
};

/// Carries words to the owner of this service. Reports its failures itself.
class AccessMessenger {
public:
    virtual ~AccessMessenger() = default;
    /// One message of plain text, sent at most once.
    virtual Task<MessageOutcome> send(std::string text) = 0;
    /// How long nothing may be sent, if so.
    virtual std::optional<std::chrono::seconds> closed_for() const = 0;
};

} // namespace personalify::app
