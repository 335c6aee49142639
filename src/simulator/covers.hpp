#pragma once

#include <string>
#include <string_view>

/// Pictures for a world that has no photographs: SVG drawn from an id, the same one every time.
namespace personalify::simulator {

/// A square cover of `size` pixels (clamped to 16-2048) for an album or artist: one of a dozen motifs in one
/// of twenty palettes. Well-formed XML whatever the title holds, no scripts, no outside references, under 3
/// KB.
std::string cover_svg(std::string_view id, std::string_view title, int size);

/// The same promises for a listener (or a singer): a head and shoulders in flat shapes.
std::string portrait_svg(std::string_view id, std::string_view name, int size);

} // namespace personalify::simulator
