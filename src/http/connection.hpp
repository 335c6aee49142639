#pragma once

#include "http/request_parser.hpp"
#include "http/response_head.hpp"
#include "http/shard.hpp"

namespace personalify::http {

/// One client: reads a request, answers it from memory or has it handled, and again. Requests of one
/// connection are handled one at a time, so pipelined ones are answered in order. Lives until its coroutine
/// ends.
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
    enum class Read { more, wants_continue, request, refused, closed };

    static Task<> run(std::shared_ptr<Connection> self);
    Read begin_request();
    Read progress();
    Task<Read> read_request(Read read);
    void take_in(std::string_view fresh);
    void read_more();
    Task<bool> tell_to_continue();
    void name(Request& request);
    void prepare(Request& request);
    bool answers_at_once(const Request& request, Ready& ready) const;
    Transport::Sent send(const Request& request, const Ready& ready, Transport::Buffers& rest);
    Task<bool> send_rest(std::string head, Transport::Buffers rest);
    Task<bool> work(const Request& request);
    Task<Response> handle(const Request& request);
    Task<bool> respond(const Request& request, const Response& response);
    Task<bool> write_whole(const Request& request, const Response& response);
    Task<bool> write_stream(const Request& request, const Response& response);
    Framing framing(const Request& request) const;
    Task<> refuse(Refusal why);
    Task<> linger();

    std::shared_ptr<Shard> shard_;
    Transport transport_;
    std::unique_ptr<RequestParser> parser_; ///< from the first byte of a request to the end of its response
    std::array<char, 512> inbox_;           ///< for reading while there is nothing else to do
    std::string input_;                     ///< received, not yet parsed
    std::string client_;                    ///< the peer's address
    asio::ip::address peer_;
    std::shared_ptr<StreamWriter> stream_; ///< of the streamed response being written
    std::size_t response_bytes_ = 0;       ///< of the last response, without its head
    unsigned served_at_once_ = 0;          ///< requests since the loop last had a turn
    bool behind_proxy_ = false;
    bool in_body_ = false;
    bool idle_ = true; ///< no byte of the next request has come
    bool keep_alive_ = true;
};

} // namespace personalify::http
