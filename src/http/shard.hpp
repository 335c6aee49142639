#pragma once

#include "http/forwarded.hpp"
#include "http/request_parser.hpp"
#include "http/response_stream.hpp"
#include "http/server.hpp"
#include "http/transport.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <exception>
#include <span>
#include <unordered_map>

namespace personalify::http {

class Connection;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

/// What all shards of a server share; never changes.
struct ServerState {
    ServerOptions options;
    Handler handler;
    TrustedProxies proxies;

    void report(std::string_view request_id, const std::exception_ptr& exception) const;
};

/// The part of a server that lives on one event loop: a listener, its connections, and the sweep that
/// enforces their deadlines. All members but start() and drain() belong to the loop's thread.
class Shard : public std::enable_shared_from_this<Shard> {
public:
    /// `traffic`: where this shard counts, or null.
    Shard(asio::io_context& loop, std::shared_ptr<const ServerState> state, Acceptor acceptor,
          Traffic::Part* traffic = nullptr);

    /// From any thread.
    void start();
    /// From any thread. `done` is called on the loop, once.
    void drain(std::chrono::seconds grace, std::function<void()> done);

    void add(Connection& connection);
    void remove(Connection& connection);

    const ServerState& state() const { return *state_; }
    Traffic::Part* traffic() const { return traffic_; }
    const SweepClock& clock() const { return clock_; }
    const bool& draining() const { return draining_; }
    /// IMF-fixdate of now, at most one sweep old.
    std::string_view date() const { return date_; }
    /// Where reads land before they are parsed. Never kept across a co_await.
    std::span<char> scratch() { return scratch_; }
    /// Writes a name for the next request.
    void next_request_id(std::string& into);
    /// A parser at the start of a request; idle connections hold none.
    std::unique_ptr<RequestParser> take_parser();
    void give_back(std::unique_ptr<RequestParser> parser);
    /// Where heads are composed, emptied. Never kept across a co_await.
    std::string& head_scratch() {
        head_scratch_.clear();
        return head_scratch_;
    }

private:
    static Task<> accept(std::shared_ptr<Shard> self);
    void admit(Socket socket, const asio::ip::address& peer);
    bool is_full_for(std::uint64_t client) const;
    void begin_drain(std::chrono::seconds grace, std::function<void()> done);
    void schedule_sweep();
    void sweep();
    void finish_drain();

    asio::io_context& loop_;
    std::shared_ptr<const ServerState> state_;
    Acceptor acceptor_;
    Traffic::Part* traffic_;
    Timer sweep_timer_;
    Timer accept_pause_;
    SweepClock clock_;
    std::string date_;
    std::vector<char> scratch_;
    std::string head_scratch_;
    std::vector<std::unique_ptr<RequestParser>> parsers_;         ///< those that nobody uses
    static constexpr std::uint64_t uncounted = ~std::uint64_t{0}; ///< a multicast network: nobody's
    struct Slot {
        Connection* connection;
        std::uint64_t client; ///< network_of() the peer, or `uncounted`
    };
    std::vector<Slot> connections_;
    std::unordered_map<std::uint64_t, std::size_t> clients_; ///< how many connections each has
    std::uint64_t admitting_ = 0;                            ///< the client of the connection being added
    std::vector<std::function<void()>> on_drained_;
    std::uint32_t grace_ends_ = 0;
    std::uint64_t id_state_;
    bool draining_ = false;
    bool stopped_ = false;
};

} // namespace personalify::http
