#pragma once

#include "http/message.hpp"

namespace personalify::http {

/// Which other origins' pages may call, with credentials.
struct CorsOptions {
    std::vector<std::string> origins; ///< exact, as browsers send them: "http://localhost:3000"
};

/// Answers CORS preflights and marks all other answers of `inner` for the browser (Fetch standard, 3.2).
Handler with_cors(CorsOptions options, Handler inner);

} // namespace personalify::http
