#include "net/http_engine.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <pthread.h>
#include <stdexcept>

namespace personalify::net {

namespace {

HttpFailure ended(Errc code, const char* detail, const Ticket& ticket) {
    return HttpFailure{{code, detail, "the HTTP client is closing"}, ticket.progress, false};
}

} // namespace

HttpEngine::HttpEngine(HttpClientOptions options)
    : options_(std::move(options)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    share_.reset(curl_share_init());
    multi_.reset(curl_multi_init());
    if (ready != CURLE_OK || share_ == nullptr || multi_ == nullptr) {
        throw std::runtime_error("libcurl can't be initialised");
    }
    // Used by one thread only, so the share needs no locks.
    curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    CURLM* multi = multi_.get();
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &HttpEngine::on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &HttpEngine::on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, options_.connections);
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options_.connections_per_host);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, options_.idle_connections);
}

void HttpEngine::start() {
    thread_ = std::thread([this] {
        pthread_setname_np(pthread_self(), "http-client");
        // Signals are for the main thread; SIGPIPE of a closed connection becomes an error of the write.
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, nullptr);
        loop_.run();
    });
}

void HttpEngine::stop() {
    asio::post(loop_, [this] { close(); });
    thread_.join();
}

bool HttpEngine::submit(std::shared_ptr<Ticket> ticket) {
    if (calls_.fetch_add(1) >= options_.calls_in_flight + options_.calls_waiting) {
        calls_.fetch_sub(1);
        return false;
    }
    asio::post(loop_, [this, ticket = std::move(ticket)] { accept(ticket); });
    return true;
}

void HttpEngine::abandon(std::shared_ptr<Ticket> ticket) {
    asio::post(loop_, [this, ticket = std::move(ticket)] { drop(ticket); });
}

void HttpEngine::accept(const std::shared_ptr<Ticket>& ticket) {
    if (closing_) {
        Ticket::complete(ticket, std::unexpected(ended(Errc::cancelled, "We are shutting down.", *ticket)));
        calls_.fetch_sub(1);
        return;
    }
    waiting_.push_back(ticket);
    begin_waiting();
}

void HttpEngine::begin_waiting() {
    while (!waiting_.empty() && in_flight_.size() < options_.calls_in_flight) {
        const std::shared_ptr<Ticket> ticket = std::move(waiting_.front());
        waiting_.pop_front();
        begin(ticket);
    }
}

void HttpEngine::begin(const std::shared_ptr<Ticket>& ticket) {
    auto transfer = std::make_unique<Transfer>(ticket, options_, share_.get());
    if (curl_multi_add_handle(multi_.get(), transfer->handle()) != CURLM_OK) {
        calls_.fetch_sub(1);
        Ticket::complete(ticket, transfer->outcome(CURLE_FAILED_INIT));
        return;
    }
    in_flight_.emplace(ticket.get(), std::move(transfer));
}

void HttpEngine::drop(const std::shared_ptr<Ticket>& ticket) {
    if (const auto at = in_flight_.find(ticket.get()); at != in_flight_.end()) {
        curl_multi_remove_handle(multi_.get(), at->second->handle());
        in_flight_.erase(at);
        calls_.fetch_sub(1);
        begin_waiting();
    } else if (std::erase(waiting_, ticket) > 0) {
        calls_.fetch_sub(1);
    }
}

void HttpEngine::act(curl_socket_t number, int events) {
    int running = 0;
    curl_multi_socket_action(multi_.get(), number, events, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        CURL* easy = message->easy_handle;
        const CURLcode code = message->data.result;
        Transfer& transfer = Transfer::of(easy);
        const std::shared_ptr<Ticket> ticket = transfer.ticket();
        HttpResult outcome = transfer.outcome(code);
        curl_multi_remove_handle(multi_.get(), easy);
        in_flight_.erase(ticket.get());
        calls_.fetch_sub(1);
        Ticket::complete(ticket, std::move(outcome));
    }
    begin_waiting();
}

int HttpEngine::on_timer(CURLM*, long milliseconds, void* self) {
    HttpEngine& engine = *static_cast<HttpEngine*>(self);
    if (milliseconds < 0) {
        engine.timer_.cancel();
        return 0;
    }
    engine.timer_.expires_after(std::chrono::milliseconds{milliseconds});
    engine.timer_.async_wait([&engine](boost::system::error_code failure) {
        if (!failure && !engine.closing_) {
            engine.act(CURL_SOCKET_TIMEOUT, 0);
        }
    });
    return 0;
}

int HttpEngine::on_socket(CURL*, curl_socket_t number, int what, void* self, void*) {
    static_cast<HttpEngine*>(self)->watch(number, what);
    return 0;
}

void HttpEngine::watch(curl_socket_t number, int what) {
    if (what == CURL_POLL_REMOVE) { // curl may keep the connection open, and ask for it again later
        if (const auto at = sockets_.find(number); at != sockets_.end()) {
            at->second->wanted = 0;
            at->second->descriptor.release();
            sockets_.erase(at);
        }
        return;
    }
    std::shared_ptr<Socket>& slot = sockets_[number];
    if (slot == nullptr) {
        slot = std::make_shared<Socket>(loop_.get_executor(), number);
    }
    const std::shared_ptr<Socket> socket = slot;
    socket->wanted = what;
    wait_for(number, socket, CURL_POLL_IN);
    wait_for(number, socket, CURL_POLL_OUT);
}

void HttpEngine::wait_for(curl_socket_t number, const std::shared_ptr<Socket>& socket, int direction) {
    if ((socket->wanted & direction) == 0 || (socket->waiting & direction) != 0) {
        return;
    }
    socket->waiting |= direction;
    const auto kind = direction == CURL_POLL_IN ? Descriptor::wait_read : Descriptor::wait_write;
    socket->descriptor.async_wait(kind, [this, number, socket, direction](boost::system::error_code failure) {
        socket_ready(number, socket, direction, failure);
    });
}

void HttpEngine::socket_ready(curl_socket_t number, const std::shared_ptr<Socket>& socket, int direction,
                              boost::system::error_code failure) {
    socket->waiting &= ~direction;
    const auto current = [&] {
        const auto at = sockets_.find(number);
        return at != sockets_.end() && at->second == socket;
    };
    if (failure == asio::error::operation_aborted || closing_ || !current() ||
        (socket->wanted & direction) == 0) {
        return;
    }
    act(number, failure ? CURL_CSELECT_ERR : direction == CURL_POLL_IN ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
    if (current()) {
        wait_for(number, socket, direction);
    }
}

void HttpEngine::close() {
    closing_ = true;
    for (const auto& [key, transfer] : in_flight_) {
        curl_multi_remove_handle(multi_.get(), transfer->handle());
        const std::shared_ptr<Ticket>& ticket = transfer->ticket();
        Ticket::complete(ticket, std::unexpected(ended(Errc::cancelled, "We are shutting down.", *ticket)));
    }
    in_flight_.clear();
    for (const std::shared_ptr<Ticket>& ticket : waiting_) {
        Ticket::complete(ticket, std::unexpected(ended(Errc::cancelled, "We are shutting down.", *ticket)));
    }
    waiting_.clear();
    multi_.reset(); // closes the idle connections, which calls on_socket
    sockets_.clear();
    share_.reset();
    timer_.cancel();
    guard_.reset();
}

} // namespace personalify::net
