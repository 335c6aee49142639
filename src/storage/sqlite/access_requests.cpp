#include "storage/sqlite/access_requests.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

constexpr std::chrono::hours quiet_time{24};
constexpr NamedSql add_request{
    "access_requests.add",
    "INSERT INTO access_requests (name, email, email_key, requested_at) SELECT ?1, ?2, ?3, ?4 "
    "WHERE NOT EXISTS (SELECT 1 FROM access_requests WHERE email_key = ?3 AND requested_at > ?5)"};

/// The form in which addresses are compared: ASCII letters in lower case, as mail servers compare them.
std::string email_key(std::string_view email) {
    std::string key{email};
    std::ranges::transform(
        key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return key;
}

} // namespace

Task<Result<bool>> SqliteAccessRequests::add(app::AccessRequest request) {
    return database_.write([request = std::move(request)](Connection& connection) -> Result<bool> {
        return connection.execute(add_request, request.name, request.email, email_key(request.email),
                                  request.requested_at, request.requested_at - quiet_time) > 0;
    });
}

} // namespace personalify::storage
