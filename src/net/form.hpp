#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace personalify::net {

/// Names and values in the order they are sent.
using FormFields = std::vector<std::pair<std::string_view, std::string_view>>;

/// "a=1&b=two+words": application/x-www-form-urlencoded, for bodies and query strings. Everything but RFC
/// 3986's unreserved characters is escaped; a space is '+'.
std::string form_encode(const FormFields& fields);

} // namespace personalify::net
