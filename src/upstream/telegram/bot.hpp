#pragma once

#include "upstream/common/timing.hpp"
#include "upstream/telegram/answer.hpp"
#include "upstream/telegram/telegram.hpp"

namespace personalify::telegram {

/// The bot over whatever sends. One message at a time.
class Bot final : public Telegram {
public:
    /// Throws std::invalid_argument as connect_telegram does.
    Bot(TelegramOptions options, upstream::Send send, app::UpstreamStateStore& states, const Clock& clock);

    Task<app::MessageOutcome> send(std::string text) override;
    std::optional<std::chrono::seconds> closed_for() const override { return closure_.left(); }
    Task<void> restore() override { return closure_.restore(); }

private:
    Task<Judgement> post(std::string text);
    void report(const Judgement& judgement);

    TelegramOptions options_;
    std::string base_;
    upstream::Send send_;
    const Clock& clock_;
    upstream::Closure closure_;
    std::string chat_id_; ///< the configured one, or the one it moved to
    std::string told_;    ///< the remedy that was reported last
};

} // namespace personalify::telegram
