#pragma once

#include "app/ports/access_requests.hpp"

namespace personalify::app {

/// Takes requests for access to the private beta.
class AccessService {
public:
    AccessService(AccessRequestStore& requests, const Clock& clock)
        : requests_(requests)
        , clock_(clock) {}

    /// Stored once a day per address. invalid_argument when the address can't be one.
    Task<Result<>> request(std::string name, std::string email);

private:
    AccessRequestStore& requests_;
    const Clock& clock_;
};

/// One '@' between a local part and a domain with a dot, no spaces or control characters, at most 254 bytes.
bool is_email_address(std::string_view text);

} // namespace personalify::app
