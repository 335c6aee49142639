#pragma once

#include "app/ports/translator.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace personalify::translate {

/// Which of Google's services translates.
enum class Service {
    none,
    cloud, ///< Cloud Translation v2, with a key
    web,   ///< the free page: no contract, often refuses, a last resort
};

/// How it is reached, and how patient we are.
struct TranslateOptions {
    Service service = Service::none;
    std::string api_key = {};                                     ///< of the cloud service
    std::string cloud_url = "https://translation.googleapis.com"; ///< before /language
    std::string web_url = "https://translate.googleapis.com";     ///< before /translate_a
    std::chrono::milliseconds deadline{10'000};                   ///< of all texts of a call
    std::chrono::milliseconds try_deadline{5000};                 ///< of one request
    std::size_t in_flight = 2;                                    ///< of the whole application
    /// Told of what fails behind the callers' backs ("closed until" that can't be stored). Any thread.
    upstream::Report report = nullptr;
};

/// A translator that may be closed. Safe to use from every shard. Lines are translated on their own, each
/// different one once; what has no letters, and [section tags], never leave the machine.
class RemoteTranslator : public app::Translator {
public:
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
};

/// Null for Service::none. `client`, `states` and `clock` must outlive the result, and the result every call
/// it was asked for. Throws std::invalid_argument for an address that can't be called.
std::unique_ptr<RemoteTranslator> make_translator(TranslateOptions options, net::HttpClient& client,
                                                  app::UpstreamStateStore& states, const Clock& clock);

} // namespace personalify::translate
