#pragma once

#include "core/derived.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"
#include "domain/dashboard.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace personalify::app {

/// Dashboards ready to be answered, capped in bytes, every entry with a lifetime. A failing cache is an empty
/// cache: no errors, callers fall back to storage.
class DashboardCache {
public:
    using Value = std::shared_ptr<const Dashboard>;

    /// What was found, and the moment of looking: put refuses what was read before a later erase.
    struct Lookup {
        Value value; ///< nullptr when there is none
        std::uint64_t mark = 0;
    };

    enum class Audience { own_user, everybody };

    /// A dashboard as this process holds it.
    struct Kept {
        Value dashboard;
        Audience audience = Audience::own_user; ///< who may see it
        Derived answer = {};                    ///< what is sent for it; the api's
    };

    virtual ~DashboardCache() = default;
    virtual Task<Lookup> get(UserId user, TimeRange range) = 0;
    /// What needs no waiting; nullptr when there is none, or get() would have to look elsewhere.
    virtual std::shared_ptr<const Kept> at_hand(std::string_view user, TimeRange range) = 0;
    /// Keeps the dashboard unless the user was erased since `mark`: a slow reader never brings old data back.
    virtual Task<void> put(UserId user, Value dashboard, Audience audience, std::chrono::seconds lifetime,
                           std::uint64_t mark) = 0;
    /// Forgets all ranges of the user.
    virtual Task<void> erase(UserId user) = 0;
};

} // namespace personalify::app
