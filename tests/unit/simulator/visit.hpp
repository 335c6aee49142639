#pragma once

#include "http/message.hpp"
#include "json/read.hpp"
#include "simulator/simulator.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// A PKCE pair (RFC 7636).
inline constexpr std::string_view verifier = "pKce-verifier_for.tests~0123456789ABCDEFGHIJKLMNOPQ";
inline constexpr std::string_view challenge = "kIHAk5X3aW12e0ikHghcehJn-6OpfWWrEE5FFghjF6c";
inline constexpr std::string_view callback = "http://127.0.0.1:8000/callback";
inline constexpr std::string_view public_url = "http://127.0.0.1:8001";

/// "a=1&b=two%20words"
std::string form(const std::vector<std::pair<std::string_view, std::string_view>>& pairs);

/// A Content-Type for forms, in the shape Visit::send takes.
std::vector<http::Header> form_headers();
std::vector<http::Header> bearer(std::string_view token);

/// Header of a response, or "".
std::string header_of(const http::Response& response, std::string_view name);
boost::json::object json_of(const http::Response& response);
/// Value of a parameter in a Location.
std::string parameter_of(std::string_view location, std::string_view name);

/// What a raw response wrote, without a socket.
struct RawReply {
    std::string bytes;
    std::size_t writes = 0;
    bool was_reset = false;
};

/// Calls a simulator's handler on a private loop.
class Visit {
public:
    explicit Visit(SimulatorOptions options = {.public_url = std::string{public_url}})
        : simulator_(std::move(options)) {}

    http::Response send(http::Request request);
    http::Response get(std::string_view target, std::vector<http::Header> headers = {});
    http::Response send(std::string_view method, std::string_view target, std::string body = {},
                        std::vector<http::Header> headers = {});
    /// Runs the stream of a raw response. Stops the client after `patience` writes.
    RawReply receive(const http::Response& response, std::size_t patience = 100'000);

    /// The address of the consent page, with PKCE.
    static std::string
    authorize_target(std::string_view scope = "user-top-read user-read-email user-read-private");
    /// Consents as that listener; answers with the code.
    std::string code_for(std::string_view listener, const std::string& target = authorize_target());
    http::Response exchange(std::string_view code);
    http::Response refresh(std::string_view refresh_token);
    /// Walks the whole way; answers with the token endpoint's JSON.
    boost::json::object tokens_for(std::string_view listener, const std::string& target = authorize_target());
    std::string access_token_for(std::string_view listener) {
        return std::string{tokens_for(listener).at("access_token").as_string()};
    }

    Simulator& simulator() { return simulator_; }

private:
    Simulator simulator_;
};

} // namespace personalify::simulator
