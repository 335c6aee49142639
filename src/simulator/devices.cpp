#include "simulator/devices.hpp"

#include "simulator/catalogue_seed.hpp"

#include <array>

namespace personalify::simulator {
namespace {

/// As various as the real ones: without an id, without a volume, with a type in lower case.
constexpr std::array devices{
    Device{.id = "5a3c1e0f9d8b7a6c5e4d3f2a1b0c9d8e7f6a5b4c",
           .name = "Laptop di Kos",
           .type = "Computer",
           .volume_percent = 64},
    Device{.id = "b81d0c4e7f2a4c6b9e3d5f1a0b2c4d6e8f7a9b1c",
           .name = "Radio Dapur",
           .type = "Speaker",
           .volume_percent = std::nullopt,
           .supports_volume = false},
    Device{.id = std::nullopt, .name = "Web Player (Firefox)", .type = "computer", .volume_percent = 35},
    Device{.id = "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233a",
           .name = "HP Jajang",
           .type = "Smartphone",
           .volume_percent = 100},
};

} // namespace

Device device_of(const Listener& listener) {
    const auto place = static_cast<std::size_t>(&listener - listeners().data());
    return devices[place % devices.size()];
}

} // namespace personalify::simulator
