#pragma once

#include "app/ports/history.hpp"
#include "json/describe.hpp"

namespace personalify::api {

/// One stored sync.
struct HistoryItem {
    TimeRange time_range = TimeRange::medium_term;
    SyncDocument data;
    TimePoint last_synced;
};
BOOST_DESCRIBE_STRUCT(HistoryItem, (), (time_range, data, last_synced))

inline HistoryItem item_of(app::HistoryEntry entry) {
    const TimeRange range = entry.document.time_range;
    return {range, std::move(entry.document), entry.synced_at};
}

} // namespace personalify::api
