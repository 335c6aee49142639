#pragma once

#include "http/message.hpp"

namespace personalify::http {

/// Which other origins' pages may call, with credentials.
struct CorsOptions {
    std::vector<std::string> origins; ///< exact, as browsers send them: "http://localhost:3000"
};

/// Answers CORS preflights and marks all other answers of `inner` for the browser (Fetch standard, 3.2).
Handler with_cors(CorsOptions options, Handler inner);
/// The same for answers that stand ready.
ReadyHandler with_cors(const CorsOptions& options, ReadyHandler inner);
/// Marks what the server refuses by itself: a page may then read why.
RefusalMarker cors_marker(CorsOptions options);

} // namespace personalify::http
