#include "domain/user.hpp"

namespace personalify {

TimePoint reauthorize_by(TimePoint authorized_at) {
    const auto day = std::chrono::floor<std::chrono::days>(authorized_at);
    std::chrono::year_month_day date{day};
    date += refresh_token_lifetime;
    if (!date.ok()) { // 31 August + 6 months: the last day of February
        date = date.year() / date.month() / std::chrono::last;
    }
    return std::chrono::sys_days{date} + (authorized_at - day);
}

} // namespace personalify
