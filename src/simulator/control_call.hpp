#pragma once

#include "core/error.hpp"
#include "http/message.hpp"
#include "json/write.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace personalify::simulator {

struct State;

/// A request below /_sim/ and what its path names.
struct Control {
    State& state;
    const http::Request& request;
    std::string id; ///< of a listener or a song, where the route has one
};

template <class T>
http::Response ok(const T& value) {
    return http::json_response(200, json::write(value));
}
http::Response done(); ///< 204
http::Response bad(std::string_view detail);
http::Response no_listener();

/// The body as a JSON object, or what is wrong with it.
Result<boost::json::object> read_object(const http::Request& request);

} // namespace personalify::simulator
