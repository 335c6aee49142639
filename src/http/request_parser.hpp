#pragma once

#include "http/message.hpp"
#include "http/server.hpp"

#include <memory>

namespace personalify::http {

/// Why a request is answered by the server itself; the connection closes after it.
struct Refusal {
    int status;
    std::string_view detail;
};

/// Reads requests one after another out of a stream of bytes. Knows no socket and no time. Strict where
/// leniency would let two parsers disagree about where a request ends (RFC 9112, 11.2). One parser reads many
/// requests and keeps the memory of small ones, so that reading the next takes none.
class RequestParser {
public:
    explicit RequestParser(const Limits& limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Forgets the last request; the next byte starts a new one.
    void restart();
    /// Takes bytes from where the last call stopped and returns how many it used. What is left over belongs
    /// to the next request when done(), and is else to be offered again together with what follows it.
    std::size_t feed(std::string_view bytes);

    bool head_done() const;
    bool done() const;
    /// Set when the bytes are not acceptable; feed nothing more then.
    const std::optional<Refusal>& refusal() const;
    /// Valid once head_done().
    bool expects_continue() const;
    bool keep_alive() const;
    /// 10 or 11, also after a refusal.
    int version() const;
    /// Filled as far as read.
    Request& request();
    /// Gives back the memory of headers and body of a request that is done.
    void forget_fields();

private:
    class Message;
    struct State;
    const Limits& limits_;
    std::unique_ptr<State> state_;
};

} // namespace personalify::http
