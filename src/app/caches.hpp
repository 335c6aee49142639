#pragma once

#include "domain/reports.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace personalify::app {

/// The caches of this process by name: copies of what storage or upstreams hold, which come back by
/// themselves. Filled at start; then any thread may use it.
class Caches {
public:
    /// `cache` has size() and clear(), which returns how many entries went; it outlives this.
    template <class Cache>
    void add(std::string name, Cache& cache) {
        parts_.push_back(
            {std::move(name), [&cache] { return cache.size(); }, [&cache] { return cache.clear(); }});
    }

    std::vector<NamedCount> sizes() const { return each(&Part::size); }
    /// Empties them all; what went. What is being read meanwhile may come back.
    std::vector<NamedCount> clear() { return each(&Part::clear); }

private:
    struct Part {
        std::string name;
        std::function<std::size_t()> size;
        std::function<std::size_t()> clear;
    };

    std::vector<NamedCount> each(std::function<std::size_t()> Part::* what) const {
        std::vector<NamedCount> counts;
        for (const Part& part : parts_) {
            counts.push_back({part.name, static_cast<std::int64_t>((part.*what)())});
        }
        return counts;
    }

    std::vector<Part> parts_;
};

} // namespace personalify::app
