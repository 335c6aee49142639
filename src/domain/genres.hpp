#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace personalify {

/// The genre that a tag of listeners means ("Hip Hop", "hiphop" and "hip-hop" mean "hip hop"), in the words
/// of our own list; "" for tags that name none ("seen live", "female vocalists").
std::string_view genre_of_tag(std::string_view tag);

/// The genres that tags mean, in order, each once, at most `most`.
std::vector<std::string> genres_of_tags(const std::vector<std::string>& tags, std::size_t most = 5);

} // namespace personalify
