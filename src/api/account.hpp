#pragma once

#include "api/addresses.hpp"
#include "api/identity.hpp"
#include "app/erasure.hpp"

namespace personalify::api {

/// What users may do with what is held of them: DELETE /api/me.
void add_account_routes(Routes& routes, app::ErasureService& erasure, const Addresses& addresses);

} // namespace personalify::api
