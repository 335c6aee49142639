#include "http/handler.hpp"

namespace personalify::http {

void merge_descriptions(Route& route, std::vector<PathParameter> described) {
    std::string_view rest = route.pattern;
    for (auto& parameter : route.doc.path) {
        const auto open = rest.find('{');
        const auto close = rest.find('}');
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return; // Router::add refuses it
        }
        parameter.name = rest.substr(open + 1, close - open - 1);
        rest.remove_prefix(close + 1);
        for (auto& words : described) {
            if (words.name == parameter.name) {
                parameter.description = std::move(words.description);
            }
        }
    }
}

} // namespace personalify::http
