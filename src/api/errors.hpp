#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

namespace personalify::api {

/// The one table from the application's errors to HTTP statuses.
int status_of(Errc code);

/// `{"detail": …}` with the error's status, and Retry-After where it is known.
http::Response render(const Error& error);

} // namespace personalify::api
