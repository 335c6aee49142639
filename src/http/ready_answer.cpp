#include "http/ready_answer.hpp"

#include "http/etag.hpp"
#include "http/response_head.hpp"
#include "http/text.hpp"

namespace personalify::http {

namespace {

/// Every shape has a tag of its own: a strong ETag names bytes (RFC 9110, 8.8.1).
std::string tag_of(std::string etag, Encoding encoding) {
    if (encoding != Encoding::identity) {
        etag.insert(etag.size() - 1, "-" + std::string{to_string(encoding)});
    }
    return etag;
}

} // namespace

ReadyAnswer::ReadyAnswer(std::vector<Header> headers, std::string body)
    : headers_(std::move(headers))
    , etag_(make_etag(body)) {
    if (body.size() >= worth_compressing) {
        headers_.push_back({"Vary", "Accept-Encoding"});
    }
    shapes_.front().body = std::move(body);
}

const ReadyAnswer::Shape& ReadyAnswer::shape_for(const Request& request) const {
    Encoding encoding = Encoding::identity;
    if (body().size() >= worth_compressing) {
        encoding = negotiate_encoding(request.header("Accept-Encoding").value_or(""));
    }
    const Shape& shape = shapes_[static_cast<std::size_t>(encoding)];
    std::call_once(shape.made, [&] { make(encoding, shape); });
    return shape;
}

void ReadyAnswer::make(Encoding encoding, const Shape& shape) const {
    shape.headers = headers_;
    if (encoding != Encoding::identity) {
        shape.body = encode(encoding, body());
    }
    if (encoding != Encoding::identity && !shape.body.empty()) {
        shape.headers.push_back({"Content-Encoding", std::string{to_string(encoding)}});
    } else if (encoding != Encoding::identity) {
        shape.body = body(); // the library failed: better large than not at all
    }
    shape.etag = tag_of(etag_, encoding);
    shape.headers.push_back({"ETag", shape.etag});
    shape.head = ready_head(shape.headers);
    std::vector<Header> unchanged = shape.headers;
    std::erase_if(unchanged, [](const Header& header) {
        return same_ignoring_case(header.name, "Content-Type") ||
               same_ignoring_case(header.name, "Content-Encoding");
    });
    shape.unchanged_head = ready_head(unchanged);
}

void ReadyAnswer::fill(const Request& request, Ready& out) const {
    const Shape& shape = shape_for(request);
    const auto known = request.header("If-None-Match");
    const bool unchanged = known && names_etag(*known, shape.etag);
    out.status = unchanged ? 304 : 200;
    out.head = unchanged ? shape.unchanged_head : shape.head;
    out.body = unchanged ? std::string_view{} : shape.body;
}

Response ReadyAnswer::respond(const std::shared_ptr<const ReadyAnswer>& self, const Request& request) {
    const Shape& shape = self->shape_for(request);
    Response response;
    response.headers = shape.headers;
    response.shared_body = {self, &shape.body};
    return response;
}

} // namespace personalify::http
