#pragma once

#include <string>
#include <vector>

namespace personalify::genius {

/// The safety net for layouts whose surroundings come along as text: drops the header before the lyrics
/// ("27 ContributorsTranslations…Pulang Larut Lyrics"), adverts and "You might also like" between them, and
/// the button after them ("3Embed"). Lines of the lyrics that merely hold such words stay.
void drop_leaks(std::vector<std::string>& lines);

} // namespace personalify::genius
