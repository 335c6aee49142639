#include "simulator/journal.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <iterator>

namespace personalify::simulator {
namespace {

std::string cut(std::string_view text) {
    return std::string{text.substr(0, Journal::max_text)};
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), http::to_lower);
    return out;
}

} // namespace

std::uint64_t Journal::add(const http::Request& request, TimePoint now, std::string_view service) {
    if (entries_.size() >= max_entries) {
        entries_.pop_front();
    }
    JournalEntry& entry = entries_.emplace_back();
    entry.seq = ++last_;
    entry.time = now;
    entry.service = service;
    entry.method = request.method;
    entry.path = cut(request.path);
    entry.query = cut(request.query);
    for (const http::Header& header : request.headers) {
        std::string& value = entry.headers[lower(header.name)];
        value += value.empty() ? "" : ", ";
        value = cut(value.append(header.value));
    }
    entry.body = cut(request.body);
    return entry.seq;
}

void Journal::answered(std::uint64_t seq, int status) {
    const auto entry = std::ranges::lower_bound(entries_, seq, {}, &JournalEntry::seq);
    if (entry != entries_.end() && entry->seq == seq) {
        entry->status = status;
    }
}

std::vector<JournalEntry> Journal::since(std::uint64_t seq, std::string_view service) const {
    const auto first = std::ranges::upper_bound(entries_, seq, {}, &JournalEntry::seq);
    std::vector<JournalEntry> entries;
    std::copy_if(first, entries_.end(), std::back_inserter(entries),
                 [&](const JournalEntry& entry) { return service.empty() || entry.service == service; });
    return entries;
}

} // namespace personalify::simulator
