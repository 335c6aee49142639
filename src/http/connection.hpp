#pragma once

#include "http/request_parser.hpp"
#include "http/response_head.hpp"
#include "http/shard.hpp"

namespace personalify::http {

/// One client: reads a request, has it handled, writes the response, and again. Requests of one connection
/// are handled one at a time, so pipelined ones are answered in order. Lives until its coroutine ends.
class Connection {
public:
    Connection(std::shared_ptr<Shard> shard, Socket socket, const asio::ip::address& peer);
    static void start(std::shared_ptr<Shard> shard, Socket socket, const asio::ip::address& peer);

    /// Enforces the deadline.
    void sweep() { transport_.sweep(); }
    /// Closes when idle; else the response in the making is the last one.
    void drain();
    /// Closes now, whatever is going on.
    void abort();

    std::size_t slot = 0; ///< where the shard keeps this connection

private:
    enum class Read { request, refused, closed };

    static Task<> run(std::shared_ptr<Connection> self);
    Task<Read> read_request();
    void take_in(std::string_view fresh);
    Task<bool> fill();
    Task<bool> tell_to_continue();
    void name(Request& request);
    void prepare(Request& request);
    Task<Response> handle(const Request& request);
    Task<bool> respond(const Request& request, const Response& response);
    Task<bool> write_whole(const Request& request, const Response& response);
    Task<bool> write_stream(const Request& request, const Response& response);
    Framing framing(const Request& request) const;
    Task<> refuse(Refusal why);
    Task<> linger();

    std::shared_ptr<Shard> shard_;
    Transport transport_;
    RequestParser parser_;
    std::string input_;  ///< received, not yet parsed
    std::string client_; ///< the peer's address
    asio::ip::address peer_;
    std::shared_ptr<StreamWriter> stream_; ///< of the streamed response being written
    std::size_t response_bytes_ = 0;       ///< of the last response, without its head
    unsigned served_at_once_ = 0;          ///< requests since the loop last had a turn
    bool behind_proxy_ = false;
    bool idle_ = true; ///< no byte of the next request has come
    bool keep_alive_ = true;
};

} // namespace personalify::http
