#pragma once

#include "core/error.hpp"
#include "core/task.hpp"
#include "domain/reports.hpp"
#include "domain/tops.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace personalify::app {

/// A user as exported, with names of their top ten: of the medium term, or else the short, or else the long.
struct ExportedUser {
    std::int64_t number = 0; ///< grows in the order of their first logins
    UserId id = {};
    std::string name = {};
    std::vector<std::string> artists = {}; ///< best first
    std::vector<std::string> tracks = {};
    bool operator==(const ExportedUser&) const = default;
};

/// A sync as exported.
struct ExportedSync {
    UserId user = {};
    TimeRange range = TimeRange::medium_term;
    TimePoint synced_at{};
    std::string document = {}; ///< the JSON of SyncDocument
};

/// Rows of one moment's storage, however long reading them takes and whatever is written meanwhile.
/// Destroying it lets go of that moment; keep it no longer than needed, as storage keeps what was overwritten
/// since. Errors of next(): internal, overloaded.
template <class Row>
class Snapshot {
public:
    virtual ~Snapshot() = default;
    /// The next rows, at most that many; none at the end.
    virtual Task<Result<std::vector<Row>>> next(std::size_t at_most) = 0;
};

using UserSnapshot = std::unique_ptr<Snapshot<ExportedUser>>;
using SyncSnapshot = std::unique_ptr<Snapshot<ExportedSync>>;

/// What administrators want to know over all users. Errors: internal, overloaded.
class ReportStore {
public:
    virtual ~ReportStore() = default;
    /// Takes time that grows with what is stored. The lists hold at most so many.
    virtual Task<Result<StoredTotals>> totals(int most_names, int most_users) = 0;
    /// nullopt when there is no such user.
    virtual Task<Result<std::optional<StoredUserTotals>>> user(UserId user, int most_names) = 0;
    /// All users, in the order of their numbers.
    virtual Task<Result<UserSnapshot>> users() = 0;
    /// The whole history, oldest entry first.
    virtual Task<Result<SyncSnapshot>> syncs() = 0;
};

} // namespace personalify::app
