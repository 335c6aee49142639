#include "http/shard.hpp"

#include "http/connection.hpp"
#include "http/response_head.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <random>

namespace personalify::http {

namespace {

constexpr std::size_t scratch_bytes = 64 * 1024;
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::size_t spare_parsers = 64;

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

} // namespace

void ServerState::report(std::string_view request_id, const std::exception_ptr& exception) const {
    if (!options.on_error) {
        return;
    }
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        options.on_error(request_id, error.what());
    } catch (...) {
        options.on_error(request_id, "an exception of unknown type");
    }
}

Shard::Shard(asio::io_context& loop, std::shared_ptr<const ServerState> state, Acceptor acceptor,
             Traffic::Part* traffic)
    : loop_(loop)
    , state_(std::move(state))
    , acceptor_(std::move(acceptor))
    , traffic_(traffic)
    , sweep_timer_(loop.get_executor())
    , accept_pause_(loop.get_executor())
    , scratch_(scratch_bytes)
    , id_state_(random_seed()) {}

void Shard::start() {
    asio::post(loop_, [self = shared_from_this()] {
        if (self->draining_) {
            return;
        }
        self->sweep();
        asio::co_spawn(self->loop_.get_executor(), accept(self), [self](std::exception_ptr exception) {
            if (exception) {
                self->state_->report("", exception);
            }
        });
    });
}

Task<> Shard::accept(std::shared_ptr<Shard> self) {
    while (self->acceptor_.is_open()) {
        asio::ip::tcp::endpoint peer;
        auto [error, socket] = co_await self->acceptor_.async_accept(peer, asio::as_tuple(use_task));
        if (!error) {
            self->admit(std::move(socket), peer.address());
        } else if (error == asio::error::no_descriptors ||
                   error == boost::system::errc::too_many_files_open_in_system ||
                   error == asio::error::no_buffer_space || error == asio::error::no_memory) {
            // The connection stays in the kernel's queue: trying again at once would spin.
            self->accept_pause_.expires_after(accept_pause);
            co_await self->accept_pause_.async_wait(asio::as_tuple(use_task));
        } else if (error == asio::error::operation_aborted) {
            break;
        }
    }
}

void Shard::admit(Socket socket, const asio::ip::address& peer) {
    admitting_ = state_->proxies.trusts(peer) ? uncounted : network_of(peer);
    if (is_full_for(admitting_)) {
        return; // closes it
    }
    try {
        Connection::start(shared_from_this(), std::move(socket), peer);
    } catch (const std::exception&) {
        state_->report("", std::current_exception()); // out of memory: the next one may fit again
    }
}

bool Shard::is_full_for(std::uint64_t client) const {
    const Limits& limits = state_->options.limits;
    if (connections_.size() >= limits.connections_per_shard) {
        return true;
    }
    const auto found = clients_.find(client);
    return found != clients_.end() && found->second >= limits.connections_per_client;
}

void Shard::add(Connection& connection) {
    if (admitting_ != uncounted) {
        ++clients_[admitting_];
    }
    connection.slot = connections_.size();
    connections_.push_back({&connection, admitting_});
    if (traffic_ != nullptr) {
        traffic_->opened();
    }
}

void Shard::remove(Connection& connection) {
    Slot& freed = connections_[connection.slot];
    if (const auto client = clients_.find(freed.client); client != clients_.end() && --client->second == 0) {
        clients_.erase(client);
    }
    freed = connections_.back();
    freed.connection->slot = connection.slot;
    connections_.pop_back();
    if (traffic_ != nullptr) {
        traffic_->closed();
    }
    if (draining_ && connections_.empty()) {
        finish_drain();
    }
}

std::unique_ptr<RequestParser> Shard::take_parser() {
    if (parsers_.empty()) {
        return std::make_unique<RequestParser>(state_->options.limits);
    }
    std::unique_ptr<RequestParser> parser = std::move(parsers_.back());
    parsers_.pop_back();
    return parser;
}

void Shard::give_back(std::unique_ptr<RequestParser> parser) {
    if (parsers_.size() < spare_parsers) {
        parser->restart();
        parsers_.push_back(std::move(parser));
    }
}

void Shard::next_request_id(std::string& into) {
    // SplitMix64: distinct for 2^64 steps and without pattern, which is all a request's name needs.
    std::uint64_t bits = id_state_ += 0x9e3779b97f4a7c15U;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    bits ^= bits >> 31U;
    into.assign(16, '0');
    for (char& digit : into) {
        digit = "0123456789abcdef"[bits & 15U];
        bits >>= 4U;
    }
}

void Shard::schedule_sweep() {
    sweep_timer_.expires_after(SweepClock::interval);
    sweep_timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (!error && !self->stopped_) {
            self->sweep();
        }
    });
}

void Shard::sweep() {
    clock_.advance();
    date_ = http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    for (const Slot& slot : connections_) {
        slot.connection->sweep();
    }
    if (draining_ && clock_.now() >= grace_ends_) {
        for (const Slot& slot : connections_) {
            slot.connection->abort();
        }
        finish_drain();
    } else {
        schedule_sweep();
    }
}

void Shard::drain(std::chrono::seconds grace, std::function<void()> done) {
    asio::post(loop_, [self = shared_from_this(), grace, done = std::move(done)]() mutable {
        self->begin_drain(grace, std::move(done));
    });
}

void Shard::begin_drain(std::chrono::seconds grace, std::function<void()> done) {
    on_drained_.push_back(std::move(done));
    const std::uint32_t ends = grace.count() > 0 ? clock_.after(grace) : clock_.now();
    grace_ends_ = draining_ ? std::min(grace_ends_, ends) : ends;
    draining_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    for (const Slot& slot : connections_) {
        grace.count() > 0 ? slot.connection->drain() : slot.connection->abort();
    }
    if (connections_.empty() || grace.count() <= 0 || stopped_) {
        finish_drain();
    }
}

void Shard::finish_drain() {
    stopped_ = true;
    sweep_timer_.cancel();
    for (const auto& done : std::exchange(on_drained_, {})) {
        done();
    }
}

} // namespace personalify::http
