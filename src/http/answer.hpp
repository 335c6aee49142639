#pragma once

#include "http/message.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"

#include <type_traits>
#include <variant>

/// What a handler may answer with: any type that json/write.hpp writes is 200 application/json, a
/// std::variant answers as what it holds, and these say more.
namespace personalify::http {

/// JSON with a status and headers of its own (cookies, Location).
template <class T>
struct Reply {
    int status = 200;
    T body{};
    std::vector<Header> headers = {};
};

/// Sends the client elsewhere; the location has to be encoded already.
struct Redirect {
    std::string location;
    int status = 303;
    std::vector<Header> headers = {};
};

/// A page. `fixed` outlives the response (embedded files) and is sent when it is set, else `text`.
struct Html {
    std::string text = {};
    std::string_view fixed = {};
    std::vector<Header> headers = {};
};

/// text/plain; charset=utf-8
struct PlainText {
    std::string text;
    std::vector<Header> headers = {};
};

/// 204
struct NoContent {
    std::vector<Header> headers = {};
};

Response to_response(Redirect answer);
Response to_response(Html answer);
Response to_response(PlainText answer);
Response to_response(NoContent answer);
inline Response to_response(Response answer) {
    return answer;
}

template <class T>
Response to_response(Reply<T> answer) {
    Response response = json_response(answer.status, json::write(answer.body));
    for (Header& header : answer.headers) {
        response.headers.push_back(std::move(header));
    }
    return response;
}

template <class T>
Response to_response(const T& answer) {
    return json_response(200, json::write(answer));
}

template <class... Types>
Response to_response(std::variant<Types...> answer) {
    return std::visit([](auto& held) { return to_response(std::move(held)); }, answer);
}

/// One answer in the API's description.
struct AnswerDoc {
    int status = 200;
    std::string text = {};
    std::string media_type = {};   ///< empty: no body
    json::ShapeOf shape = nullptr; ///< null: not JSON, or nothing is said about it
    std::string header = {};       ///< one that is always there ("Location"), or ""
};

template <class T>
struct AnswerDocs {
    static void add(std::vector<AnswerDoc>& docs) {
        docs.push_back({200, "", "application/json", &json::shape_of<T>});
    }
};
template <class T>
struct AnswerDocs<Reply<T>> : AnswerDocs<T> {};
template <class... Types>
struct AnswerDocs<std::variant<Types...>> {
    static void add(std::vector<AnswerDoc>& docs) { (AnswerDocs<Types>::add(docs), ...); }
};
template <>
struct AnswerDocs<Redirect> {
    static void add(std::vector<AnswerDoc>& docs) {
        docs.push_back({303, "See there", "", nullptr, "Location"});
    }
};
template <>
struct AnswerDocs<Html> {
    static void add(std::vector<AnswerDoc>& docs) { docs.push_back({200, "A page", "text/html"}); }
};
template <>
struct AnswerDocs<PlainText> {
    static void add(std::vector<AnswerDoc>& docs) { docs.push_back({200, "", "text/plain"}); }
};
template <>
struct AnswerDocs<Response> {
    static void add(std::vector<AnswerDoc>& docs) { docs.push_back({200, "", "application/octet-stream"}); }
};
template <>
struct AnswerDocs<NoContent> {
    static void add(std::vector<AnswerDoc>& docs) { docs.push_back({204, "Done"}); }
};
template <>
struct AnswerDocs<void> : AnswerDocs<NoContent> {};

} // namespace personalify::http
