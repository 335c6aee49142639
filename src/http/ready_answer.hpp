#pragma once

#include "http/encoding.hpp"
#include "http/message.hpp"

#include <array>
#include <mutex>

namespace personalify::http {

/// One answer of 200 in the shapes in which it is sent: plain and compressed, each with its head, its strong
/// ETag and the 304 that goes with it. A shape is made when the first client asks for it, and kept. Any
/// thread may use it.
class ReadyAnswer {
public:
    /// Shorter bodies are never compressed, in bytes: they would fit into one packet anyway.
    static constexpr std::size_t worth_compressing = 1024;

    /// `headers` without ETag, Vary: Accept-Encoding and Content-Encoding, which are added.
    ReadyAnswer(std::vector<Header> headers, std::string body);

    /// Fills in the status (200 or 304), head and body that the request asks for. They live as long as this
    /// object: the caller sets `out.owner`.
    void fill(const Request& request, Ready& out) const;

    /// The same as an ordinary response, whose body keeps `self` alive; never a 304.
    static Response respond(const std::shared_ptr<const ReadyAnswer>& self, const Request& request);

    const std::string& body() const { return shapes_.front().body; }

private:
    struct Shape {
        mutable std::once_flag made;
        mutable std::vector<Header> headers;
        mutable std::string head;
        mutable std::string unchanged_head; ///< of the 304
        mutable std::string etag;
        mutable std::string body;
    };

    const Shape& shape_for(const Request& request) const;
    void make(Encoding encoding, const Shape& shape) const;

    std::vector<Header> headers_;
    std::string etag_;
    std::array<Shape, 3> shapes_; ///< by Encoding
};

} // namespace personalify::http
