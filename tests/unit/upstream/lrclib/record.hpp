#pragma once

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace personalify::lrclib::testing {

/// A record as LRCLIB gives it, with some members changed.
inline boost::json::object record(boost::json::object changes = {}) {
    boost::json::object whole{
        {"id", 4'200'001},
        {"name", "Pulang Larut"},
        {"trackName", "Pulang Larut"},
        {"artistName", "Lentera Biru"},
        {"albumName", "Kota Kertas"},
        {"duration", 214.0},
        {"instrumental", false},
        {"plainLyrics", "Lampu kota\nBus terakhir"},
        {"syncedLyrics", "[00:12.34] Lampu kota\n[00:17.20] Bus terakhir\n[00:21.10] "}};
    for (auto& [key, value] : changes) {
        whole[key] = std::move(value);
    }
    return whole;
}

} // namespace personalify::lrclib::testing
