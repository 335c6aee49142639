#include "simulator/simulator.hpp"

#include "simulator/consent_page.hpp"
#include "simulator/control.hpp"
#include "simulator/fault_response.hpp"
#include "simulator/state.hpp"
#include "simulator/upstreams.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <stdexcept>

namespace personalify::simulator {
namespace {

using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

Task<> pause(std::chrono::milliseconds time) {
    Timer timer{co_await asio::this_coro::executor, time};
    co_await timer.async_wait(asio::as_tuple(use_task));
}

/// How a request fares: its place in the journal, its wait, its fault.
struct Fate {
    std::uint64_t seq = 0;
    std::chrono::milliseconds wait{0};
    std::optional<FaultRule> fault;
};

Fate arrive(State& state, const http::Request& request) {
    const std::lock_guard lock(state.mutex);
    Fate fate{.seq = state.journal.add(request, state.clock.now(), upstream_of(request.path).service),
              .fault = state.faults.take(request.method, request.path)};
    if (request.path != "/authorize") { // a person waits there, not a program
        fate.wait += std::chrono::milliseconds{*state.settings.latency_ms};
    }
    if (fate.fault && fate.fault->delay_ms) {
        fate.wait += std::chrono::milliseconds{**fate.fault->delay_ms};
    }
    return fate;
}

void leave(State& state, const Fate& fate, const http::Response& answer) {
    const bool is_sent = !fate.fault || fate.fault->reset != ResetPoint::before;
    const std::lock_guard lock(state.mutex);
    state.journal.answered(fate.seq, is_sent ? answer.status : 0);
}

Task<http::Response> answer_as_upstream(std::shared_ptr<State> state, const http::Request& request) {
    const Fate fate = arrive(*state, request);
    if (fate.wait.count() > 0) {
        co_await pause(fate.wait);
    }
    const Upstream& upstream = upstream_of(request.path);
    http::Response answer = fate.fault && fate.fault->replaces_answer(upstream.shows_pages)
                                ? fault_answer(*fate.fault, request)
                                : upstream.answer(*state, request);
    if (fate.fault) {
        answer = disturb(*fate.fault, std::move(answer), request, state->clock.now());
    }
    leave(*state, fate, answer);
    co_return answer;
}

Task<http::Response> at_once(http::Response answer) {
    co_return answer;
}

Task<http::Response> answer(const std::shared_ptr<State>& state, const http::Request& request) {
    const std::string_view path = request.path;
    if (path.starts_with("/_sim/")) {
        return at_once(state->options.control ? answer_control(*state, request)
                                              : http::error_response(404, "Not Found"));
    }
    if (path.starts_with("/image/")) {
        return at_once(state->images.get(path));
    }
    if (path.starts_with("/_assets/") || path == "/favicon.ico") {
        return at_once(asset(path));
    }
    return answer_as_upstream(state, request);
}

std::vector<FaultRule> read_rules(const std::vector<std::string>& texts) {
    std::vector<FaultRule> rules;
    for (const std::string& text : texts) {
        auto rule = parse_fault(text);
        if (!rule) {
            throw std::invalid_argument("fault \"" + text + "\": " + rule.error().detail);
        }
        rules.push_back(std::move(*rule));
    }
    return rules;
}

std::string without_slash(std::string url) {
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

} // namespace

Simulator::Simulator(SimulatorOptions options) {
    options.public_url = without_slash(std::move(options.public_url));
    Settings settings;
    settings.latency_ms = options.latency.count();
    auto rules = read_rules(options.faults);
    state_ = std::make_shared<State>(std::move(options), settings, std::move(rules));
}

Simulator::~Simulator() = default;

http::Handler Simulator::handler() {
    return [state = state_](const http::Request& request) { return answer(state, request); };
}

void Simulator::set_public_url(std::string url) {
    const std::lock_guard lock(state_->mutex);
    state_->public_url = without_slash(std::move(url));
}

} // namespace personalify::simulator
