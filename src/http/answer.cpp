#include "http/answer.hpp"

namespace personalify::http {

namespace {

Response made(int status, std::string content_type, std::string body, std::vector<Header> headers) {
    Response response;
    response.status = status;
    response.headers = std::move(headers);
    if (!content_type.empty()) {
        response.headers.insert(response.headers.begin(), {"Content-Type", std::move(content_type)});
    }
    response.body = std::move(body);
    return response;
}

} // namespace

Response to_response(Redirect answer) {
    Response response = made(answer.status, "", "", std::move(answer.headers));
    response.headers.push_back({"Location", std::move(answer.location)});
    return response;
}

Response to_response(Html answer) {
    Response response =
        made(200, "text/html; charset=utf-8", std::move(answer.text), std::move(answer.headers));
    response.static_body = answer.fixed;
    return response;
}

Response to_response(PlainText answer) {
    return made(200, "text/plain; charset=utf-8", std::move(answer.text), std::move(answer.headers));
}

Response to_response(NoContent answer) {
    return made(204, "", "", std::move(answer.headers));
}

} // namespace personalify::http
