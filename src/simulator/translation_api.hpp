#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// Google's translators: Cloud Translation v2, the free answer in JSON and the page for telephones.
inline constexpr std::string_view cloud_translation_path = "/language/translate/v2";
inline constexpr std::string_view free_translation_path = "/translate_a/single";
inline constexpr std::string_view translation_page_path = "/m";
http::Response answer_cloud_translation(const State& state, const http::Request& request);
http::Response answer_free_translation(const http::Request& request);
http::Response answer_translation_page(const http::Request& request);

/// {"error":{"code":403,"message":"...","errors":[{"reason":"..."}],"status":"..."}}: how Google says no.
http::Response cloud_error(int status, std::string_view message);
/// The page that stands where too much traffic comes from.
http::Response sorry_page(int status);

} // namespace personalify::simulator
