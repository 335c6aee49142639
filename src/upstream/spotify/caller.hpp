#pragma once

#include "net/http_client.hpp"
#include "upstream/spotify/governor.hpp"
#include "upstream/spotify/retry.hpp"

namespace personalify::spotify {

using upstream::Send;

/// Time limits of a call.
struct Patience {
    std::chrono::milliseconds one_try{5000};
    std::chrono::milliseconds connect{3000};
    std::chrono::milliseconds user_call{8000}; ///< all tries and waits
    std::chrono::milliseconds background_call{90'000};
    std::chrono::milliseconds player_call{4000};

    std::chrono::milliseconds whole_call(app::Urgency urgency) const {
        return urgency == app::Urgency::user_request ? user_call
               : urgency == app::Urgency::background ? background_call
                                                     : player_call;
    }
};

/// Walks a request through admission, tries, waits and retries.
class Caller {
public:
    Caller(Send send, Governor& governor, Patience patience, Timing timing)
        : send_(std::move(send))
        , governor_(governor)
        , patience_(patience)
        , timing_(std::move(timing)) {}

    /// The service's answer below 500, except 429. Otherwise rate_limited (with retry_after),
    /// upstream_unavailable, overloaded or cancelled; of the player too_many_requests, when its share is
    /// spent.
    Task<Result<net::HttpReply>> call(net::HttpCall request, Repeat repeat, app::Urgency urgency);

private:
    /// Says whose failure it is.
    Result<net::HttpReply> named(Result<net::HttpReply> outcome) const;
    Task<net::HttpResult> try_once(net::HttpCall request, std::chrono::milliseconds left);

    Send send_;
    Governor& governor_;
    Patience patience_;
    Timing timing_;
};

} // namespace personalify::spotify
