#pragma once

#include "http/router.hpp"

namespace personalify::http {

/// Reads the path's values, the query and the body into `inputs`. An answer when the request can't go on: 415
/// for another kind of body, 422 for a body that is no JSON.
std::optional<Response> read_inputs(const Route& route, const Request& request,
                                    const std::vector<std::string>& path_values, Inputs& inputs);

/// Whether this Content-Type is `media_type`, with no charset but UTF-8.
bool is_media_type(std::string_view content_type, std::string_view media_type);

} // namespace personalify::http
