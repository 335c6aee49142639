#include "upstream/common/retry_after.hpp"

#include "upstream/common/closure.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace personalify::upstream {

using namespace std::chrono_literals;

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, TimePoint now) {
    constexpr std::chrono::seconds longest = longest_closure;
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t seconds = 0;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        return failure == std::errc{}
                   ? std::min(longest, std::chrono::seconds{std::min(seconds, longest.count())})
                   : longest;
    }
    for (const char* form :
         {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"}) {
        std::tm parts{};
        std::istringstream in{std::string{text}};
        in.imbue(std::locale::classic());
        in >> std::get_time(&parts, form);
        if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
            continue;
        }
        const std::chrono::year_month_day date{std::chrono::year{parts.tm_year + 1900},
                                               std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1},
                                               std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
        if (!date.ok()) {
            return std::nullopt;
        }
        const TimePoint at = std::chrono::sys_days{date} + std::chrono::hours{parts.tm_hour} +
                             std::chrono::minutes{parts.tm_min} + std::chrono::seconds{parts.tm_sec};
        return std::clamp(std::chrono::ceil<std::chrono::seconds>(at - now), 0s, longest);
    }
    return std::nullopt;
}

} // namespace personalify::upstream
