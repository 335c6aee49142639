#include "simulator/control_call.hpp"

#include "json/read.hpp"

namespace personalify::simulator {

http::Response done() {
    http::Response response;
    response.status = 204;
    return response;
}

http::Response bad(std::string_view detail) {
    return http::error_response(400, detail);
}

http::Response no_listener() {
    return http::error_response(404, "there is no such listener");
}

Result<boost::json::object> read_object(const http::Request& request) {
    constexpr std::size_t max_depth = 16;
    json::Problems problems;
    auto value = json::parse_input(request.body, max_depth, json::Location{""}, problems);
    if (!value) {
        return fail(Errc::invalid_argument, "the body is not JSON");
    }
    if (!value->is_object()) {
        return fail(Errc::invalid_argument, "the body should be an object");
    }
    return std::move(value->get_object());
}

} // namespace personalify::simulator
