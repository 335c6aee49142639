#include "main/shards.hpp"

#include <algorithm>
#include <pthread.h>

namespace personalify {

Shards::Shards(unsigned count) {
    count = count != 0 ? count : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) {
        contexts_.push_back(std::make_unique<asio::io_context>(1));
        work_.push_back(asio::make_work_guard(*contexts_.back()));
    }
}

Shards::~Shards() {
    stop();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

std::vector<asio::io_context*> Shards::contexts() const {
    std::vector<asio::io_context*> all;
    for (const auto& context : contexts_) {
        all.push_back(context.get());
    }
    return all;
}

void Shards::run() {
    for (std::size_t i = 1; i < contexts_.size(); ++i) {
        threads_.emplace_back([context = contexts_[i].get(), i] {
            pthread_setname_np(pthread_self(), ("shard-" + std::to_string(i)).c_str());
            context->run();
        });
    }
    const auto join = [this] {
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    };
    try {
        contexts_.front()->run();
    } catch (...) { // nothing that the other loops use may go before they have ended
        stop();
        join();
        throw;
    }
    join();
}

void Shards::stop() {
    for (const auto& context : contexts_) {
        context->stop();
    }
}

} // namespace personalify
