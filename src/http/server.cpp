#include "http/server.hpp"

#include "http/shard.hpp"

#include <atomic>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>

namespace personalify::http {

namespace {

using asio::ip::tcp;

constexpr int backlog = 1024;

/// With SO_REUSEPORT a second server would quietly share the port; a bind without it says that it is taken.
void check_free(asio::io_context& loop, const tcp::endpoint& endpoint) {
    Acceptor probe{loop.get_executor()};
    probe.open(endpoint.protocol());
    probe.set_option(Acceptor::reuse_address(true));
    probe.bind(endpoint);
}

Acceptor listen_on(asio::io_context& loop, const tcp::endpoint& endpoint, bool shared) {
    Acceptor acceptor{loop.get_executor()};
    acceptor.open(endpoint.protocol());
    acceptor.set_option(Acceptor::reuse_address(true));
    if (shared) {
        const int on = 1;
        if (::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
            throw boost::system::system_error{errno, boost::system::system_category(), "SO_REUSEPORT"};
        }
    }
    acceptor.bind(endpoint);
    acceptor.listen(backlog);
    acceptor.non_blocking(true);
    return acceptor;
}

class ShardedServer final : public Server {
public:
    ShardedServer(const std::vector<asio::io_context*>& loops, std::shared_ptr<const ServerState> state);
    ~ShardedServer() override;

    std::uint16_t port() const override { return port_; }
    void drain(std::chrono::seconds grace, std::function<void()> done) override;

private:
    std::vector<std::shared_ptr<Shard>> shards_;
    std::uint16_t port_ = 0;
};

ShardedServer::ShardedServer(const std::vector<asio::io_context*>& loops,
                             std::shared_ptr<const ServerState> state) {
    if (loops.empty()) {
        throw std::invalid_argument("a server needs at least one shard");
    }
    tcp::endpoint endpoint{asio::ip::make_address(state->options.address), state->options.port};
    if (endpoint.port() != 0) {
        check_free(*loops.front(), endpoint);
    }
    for (asio::io_context* loop : loops) {
        Acceptor acceptor = listen_on(*loop, endpoint, loops.size() > 1);
        endpoint.port(acceptor.local_endpoint().port()); // the others follow where the first one went
        Traffic* const traffic = state->options.traffic.get();
        shards_.push_back(
            std::make_shared<Shard>(*loop, state, std::move(acceptor),
                                    traffic != nullptr ? &traffic->part(shards_.size()) : nullptr));
    }
    port_ = endpoint.port();
    for (const auto& shard : shards_) {
        shard->start();
    }
}

ShardedServer::~ShardedServer() {
    for (const auto& shard : shards_) {
        shard->drain(std::chrono::seconds{0}, [] {});
    }
}

void ShardedServer::drain(std::chrono::seconds grace, std::function<void()> done) {
    struct Pending {
        std::atomic<std::size_t> shards;
        std::function<void()> done;
    };
    auto pending = std::make_shared<Pending>(shards_.size(), std::move(done));
    for (const auto& shard : shards_) {
        shard->drain(grace, [pending] {
            if (--pending->shards == 0 && pending->done) {
                pending->done();
            }
        });
    }
}

} // namespace

std::unique_ptr<Server> serve(std::vector<asio::io_context*> shards, ServerOptions options, Handler handler) {
    TrustedProxies proxies{options.trusted_proxies};
    auto state =
        std::make_shared<const ServerState>(std::move(options), std::move(handler), std::move(proxies));
    return std::make_unique<ShardedServer>(shards, std::move(state));
}

} // namespace personalify::http
