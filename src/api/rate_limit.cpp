#include "api/rate_limit.hpp"

#include "http/forwarded.hpp"

#include <algorithm>
#include <bit>
#include <netinet/in.h>
#include <new>
#include <random>
#include <span>

namespace personalify::api {

namespace {

std::uint64_t random_seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
}

} // namespace

std::uint64_t address_key(std::string_view address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    address = address.substr(0, address.find('%')); // a link's name is not part of the network
    if (address.size() < text.size()) {
        std::ranges::copy(address, text.begin());
        boost::system::error_code error; // from text of its own make_address would allocate
        const asio::ip::address parsed =
            address.contains(':') ? asio::ip::address{asio::ip::make_address_v6(text.data(), error)}
                                  : asio::ip::address{asio::ip::make_address_v4(text.data(), error)};
        if (!error) {
            return http::network_of(parsed);
        }
    }
    return std::hash<std::string_view>{}(address);
}

RateLimit::RateLimit(RatePolicy policy, std::size_t keys, const Clock& clock)
    : policy_(policy)
    , clock_(clock)
    , sets_(std::bit_ceil(std::max(keys / ways, stripes)))
    , seed_(random_seed())
    // Zeroed memory from the system: pages that no key ever falls into are never touched.
    , buckets_(static_cast<Bucket*>(std::calloc(sets_ * ways, sizeof(Bucket)))) {
    if (!buckets_) {
        throw std::bad_alloc{};
    }
}

std::uint64_t RateLimit::mixed(std::uint64_t key) const {
    // SplitMix64's finish: one to one, so keys stay apart, and every bit of them decides about the place.
    std::uint64_t bits = key ^ seed_;
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

RateLimit::Bucket& RateLimit::find(std::uint64_t mixed_key) const {
    const std::span<Bucket> set{&buckets_[set_of(mixed_key) * ways], ways};
    const auto mine = std::ranges::find(set, mixed_key, &Bucket::key);
    return mine != set.end() ? *mine : *std::ranges::min_element(set, {}, &Bucket::full_at);
}

RateLimit::Millis RateLimit::filling(const Bucket& bucket, std::uint64_t mixed_key, Millis now) const {
    const std::int64_t full_at = bucket.key == mixed_key ? bucket.full_at : 0;
    return std::clamp(Millis{full_at} - now, Millis{0}, policy_.window());
}

std::optional<std::chrono::seconds> RateLimit::take(std::uint64_t key) {
    const std::uint64_t mixed_key = mixed(key);
    const Millis time = now();
    const std::lock_guard lock(locks_[set_of(mixed_key) % stripes].mutex);
    Bucket& bucket = find(mixed_key);
    const Millis filled = filling(bucket, mixed_key, time);
    const Millis after = filled + policy_.interval;
    const bool there = after <= policy_.window();
    bucket = {mixed_key, (time + (there ? after : filled)).count()}; // the second heals a clock set back
    return there ? std::nullopt
                 : std::optional{std::chrono::ceil<std::chrono::seconds>(after - policy_.window())};
}

RateLimit::State RateLimit::look(std::uint64_t key) const {
    const std::uint64_t mixed_key = mixed(key);
    const Millis time = now();
    const std::lock_guard lock(locks_[set_of(mixed_key) % stripes].mutex);
    const Millis rest = filling(find(mixed_key), mixed_key, time);
    return {.left = static_cast<int>((policy_.window() - rest) / policy_.interval),
            .resets = std::chrono::ceil<std::chrono::seconds>(rest)};
}

} // namespace personalify::api
