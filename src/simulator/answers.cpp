#include "simulator/answers.hpp"

#include "http/text.hpp"
#include "json/write.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace personalify::simulator {

namespace bj = boost::json;

http::Response json_answer(int status, const bj::value& value) {
    http::Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    response.body = json::write(value);
    return response;
}

http::Response api_error(int status, std::string_view message) {
    return json_answer(status, bj::object{{"error", bj::object{{"status", status}, {"message", message}}}});
}

http::Response oauth_error(std::string_view error, std::string_view description) {
    return json_answer(400, bj::object{{"error", error}, {"error_description", description}});
}

http::Response redirect(std::string location) {
    http::Response response;
    response.status = 303;
    response.headers.push_back({"Location", std::move(location)});
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
}

std::string_view header_of(const http::Response& response, std::string_view name) {
    for (const http::Header& header : response.headers) {
        if (http::same_ignoring_case(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

void set_header(http::Response& response, std::string_view name, std::string value) {
    for (http::Header& header : response.headers) {
        if (http::same_ignoring_case(header.name, name)) {
            header.value = std::move(value);
            return;
        }
    }
    response.headers.push_back({std::string{name}, std::move(value)});
}

} // namespace personalify::simulator
