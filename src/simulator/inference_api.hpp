#pragma once

#include "http/message.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// Hugging Face's inference router, for the two models of GoEmotions.
inline constexpr std::string_view inference_path = "/hf-inference/models/";
http::Response answer_inference(const State& state, const http::Request& request);

/// {"error":"..."}: how Hugging Face says no.
http::Response inference_error(int status, std::string_view message);

} // namespace personalify::simulator
