#pragma once

#include "http/message.hpp"
#include "simulator/people.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What a person sees of the simulator.
namespace personalify::simulator {

struct ConsentRequest {
    std::string_view app;    ///< name of the app that asks
    std::string_view origin; ///< where the browser goes with the decision
    const std::vector<std::string>& scopes;
    const std::vector<Person>& people;
};

/// A form whose submit buttons are the listeners. Posts `listener` and `decision` to its own address.
http::Response consent_page(const ConsentRequest& request);

/// A request that can't be shown: the text on a page, status 400.
http::Response error_page(std::string_view text);

/// GET /_assets/{name}: style sheet and icon of these pages, or 404.
http::Response asset(std::string_view path);

} // namespace personalify::simulator
