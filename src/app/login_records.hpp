#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::app {

/// Fields as one text, for stores that keep text: each as its length, a colon and its bytes.
std::string encode_record(std::initializer_list<std::string_view> fields);
/// Inverse of encode_record; empty when the text is none.
std::vector<std::string> decode_record(std::string_view text);

} // namespace personalify::app
