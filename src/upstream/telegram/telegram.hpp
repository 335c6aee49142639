#pragma once

#include "app/ports/access_messenger.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace personalify::telegram {

/// How the bot is reached, and whom it writes to.
struct TelegramOptions {
    std::string url = "https://api.telegram.org"; ///< before /bot
    std::string bot_token;                        ///< part of every address, and of no text that leaves here
    std::string chat_id;                          ///< a number, or @name of a channel
    std::chrono::milliseconds deadline{10'000};   ///< of one message
    std::chrono::seconds misconfigured{600};      ///< away after a refusal that only the operator can mend
    upstream::Report report = nullptr;            ///< as of other services. Any thread.
};

/// A Telegram bot that writes to one chat. A fault of the configuration is reported once, with its remedy.
class Telegram : public app::AccessMessenger {
public:
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
};

/// With an HTTP client of its own, see the code. `states` and `clock` must outlive the result, and the result
/// every call it was asked for. Throws std::invalid_argument for an address that can't be called.
std::unique_ptr<Telegram> connect_telegram(TelegramOptions options, app::UpstreamStateStore& states,
                                           const Clock& clock);

} // namespace personalify::telegram
