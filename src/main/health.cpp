#include "main/health.hpp"

#include "config/url.hpp"
#include "main/listen.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdio>
#include <iterator>

namespace personalify {

namespace {

constexpr int wrong_use = 2;
constexpr std::chrono::seconds patience{5}; ///< for everything, from the connection to the last byte
constexpr std::size_t max_answer = 64 * 1024;

/// "[::1]" -> "::1", as the resolver wants it.
std::string bare(const std::string& host) {
    return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

int not_ready(const std::string& url, const std::string& why) {
    std::fprintf(stderr, "personalify: %s is not ready: %s\n", url.c_str(), why.c_str());
    return 1;
}

} // namespace

int check_health(const config::Settings& settings, const std::string& url) {
    const std::string base = url.empty() ? own_origin(settings) : url;
    const auto parts = config::parse_base_url(base);
    if (!parts || parts->scheme != "http") {
        std::fprintf(stderr, "personalify: %s is no http address of a service\n", base.c_str());
        return wrong_use;
    }
    asio::ip::tcp::iostream connection;
    connection.expires_after(patience);
    connection.connect(bare(parts->host), parts->port.empty() ? "80" : parts->port);
    if (!connection) {
        return not_ready(base, connection.error().message());
    }
    std::string path = parts->path;
    while (path.ends_with('/')) {
        path.pop_back();
    }
    connection << "GET " << path << "/readyz HTTP/1.1\r\nHost: " << parts->host
               << (parts->port.empty() ? "" : ":" + parts->port) << "\r\nConnection: close\r\n\r\n"
               << std::flush;
    std::string answer;
    for (std::istreambuf_iterator<char> byte{connection}, end; byte != end && answer.size() < max_answer;
         ++byte) {
        answer += *byte;
    }
    if (answer.starts_with("HTTP/1.1 200 ")) {
        std::puts("ready");
        return 0;
    }
    if (answer.empty()) {
        return not_ready(base, connection.error() ? connection.error().message() : "it says nothing");
    }
    const std::size_t head = answer.find("\r\n\r\n");
    const std::string body = head == std::string::npos ? "" : answer.substr(head + 4);
    return not_ready(base, answer.substr(0, answer.find('\r')) + (body.empty() ? "" : ": " + body));
}

} // namespace personalify
