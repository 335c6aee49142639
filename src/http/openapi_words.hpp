#pragma once

#include "http/router.hpp"

/// The wording of the API's description.
namespace personalify::http {

/// What an error means to a client.
std::string_view words_for(Errc code);

/// "get_api_dashboard_id"
std::string operation_id(const Route& route);

} // namespace personalify::http
