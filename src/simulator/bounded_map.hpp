#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace personalify::simulator {

/// Values by text, at most `capacity` of them: the oldest makes room.
template <class T>
class BoundedMap {
public:
    explicit BoundedMap(std::size_t capacity)
        : capacity_(capacity) {}
    BoundedMap(const BoundedMap&) = delete;
    BoundedMap& operator=(const BoundedMap&) = delete;

    /// `key` must be new.
    void insert(std::string key, T value) {
        if (entries_.size() >= capacity_) {
            by_key_.erase(entries_.front().first);
            entries_.pop_front();
        }
        entries_.emplace_back(std::move(key), std::move(value));
        by_key_.emplace(entries_.back().first, std::prev(entries_.end()));
    }

    /// Null if there is none.
    T* find(std::string_view key) {
        const auto at = by_key_.find(key);
        return at == by_key_.end() ? nullptr : &at->second->second;
    }

    void erase(std::string_view key) {
        const auto at = by_key_.find(key);
        if (at != by_key_.end()) {
            const auto entry = at->second;
            by_key_.erase(at);
            entries_.erase(entry);
        }
    }

    template <class Function>
    void for_each(Function function) {
        for (auto& [key, value] : entries_) {
            function(value);
        }
    }

    void clear() {
        by_key_.clear();
        entries_.clear();
    }
    std::size_t size() const { return entries_.size(); }

private:
    using Entries = std::list<std::pair<std::string, T>>;
    std::size_t capacity_;
    Entries entries_; ///< oldest first
    std::unordered_map<std::string_view, typename Entries::iterator> by_key_;
};

} // namespace personalify::simulator
