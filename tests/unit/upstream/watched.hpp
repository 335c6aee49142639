#pragma once

#include "unit/upstream/scripted.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace personalify::upstream::testing {

/// A script that notes when requests begin, and how many are under way.
struct Watched : Script {
    int in_flight = 0;
    int most_in_flight = 0;
    std::vector<std::chrono::milliseconds> begun; ///< after noon
    Send watched = [this](net::HttpCall call) { return watch(std::move(call)); };

    std::vector<std::string> asked() const {
        std::vector<std::string> urls;
        for (const net::HttpCall& call : sent) {
            urls.push_back(call.url);
        }
        return urls;
    }
    /// From the beginning of each request to that of the next.
    std::vector<std::chrono::milliseconds> pauses() const {
        std::vector<std::chrono::milliseconds> all;
        for (std::size_t i = 1; i < begun.size(); ++i) {
            all.push_back(begun[i] - begun[i - 1]);
        }
        return all;
    }

private:
    Task<net::HttpResult> watch(net::HttpCall call) {
        begun.push_back(clock.now() - noon);
        most_in_flight = std::max(most_in_flight, ++in_flight);
        net::HttpResult result = co_await send(std::move(call));
        --in_flight;
        co_return result;
    }
};

} // namespace personalify::upstream::testing
