#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"
#include "json/describe.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// A request that was received. Texts are cut at Journal::max_text bytes.
struct JournalEntry {
    std::uint64_t seq = 0; ///< from 1, in order of arrival
    TimePoint time{};
    std::string service; ///< whose route it is: "spotify", "google", ...
    std::string method;
    std::string path;
    std::string query;                          ///< as received
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
    int status = 0; ///< 0: not answered yet, or answered with a reset
};
BOOST_DESCRIBE_STRUCT(JournalEntry, (), (seq, time, service, method, path, query, headers, body, status))

/// The requests a test asserts on: the last `max_entries`. Not synchronized.
class Journal {
public:
    static constexpr std::size_t max_entries = 2'000;
    static constexpr std::size_t max_text = 4 * 1024;

    /// Answers with the entry's number.
    std::uint64_t add(const http::Request& request, TimePoint now, std::string_view service = "");
    void answered(std::uint64_t seq, int status);
    /// Entries with a number above `seq`, oldest first; with a service only its own.
    std::vector<JournalEntry> since(std::uint64_t seq, std::string_view service = "") const;
    /// Numbers go on where they were.
    void clear() { entries_.clear(); }

private:
    std::deque<JournalEntry> entries_;
    std::uint64_t last_ = 0;
};

} // namespace personalify::simulator
