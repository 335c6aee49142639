#pragma once

#include "json/describe.hpp"
#include "simulator/listeners.hpp"

#include <optional>
#include <string_view>

namespace personalify::simulator {

/// What a listener plays on, as Spotify shows it.
struct Device {
    std::optional<std::string_view> id;
    bool is_active = false;
    bool is_private_session = false;
    bool is_restricted = false;
    std::string_view name;
    std::string_view type;             ///< in any case
    std::optional<int> volume_percent; ///< null if it can't be set
    bool supports_volume = true;
};
BOOST_DESCRIBE_STRUCT(Device, (),
                      (id, is_active, is_private_session, is_restricted, name, type, volume_percent,
                       supports_volume))

/// Neither active nor private; always the same one.
Device device_of(const Listener& listener);

} // namespace personalify::simulator
