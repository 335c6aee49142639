#pragma once

#include "core/error.hpp"
#include "json/describe.hpp"
#include "json/input.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

enum class ResetPoint : std::uint8_t { before, amid };
BOOST_DESCRIBE_ENUM(ResetPoint, before, amid)

/// How answers of one route go wrong. All switches of a rule apply together.
struct FaultRule {
    json::Required<json::Text<1, 1'000>> route; ///< a path, or the beginning of one and '*'
    std::optional<std::string> method = std::nullopt;
    std::optional<json::Bounded<0>> times = std::nullopt; ///< how often from now on; null: always

    std::optional<json::Bounded<200, 599>> status = std::nullopt;
    std::optional<std::string> body = std::nullopt;
    std::optional<std::string> retry_after = std::nullopt; ///< seconds, "date" (in five seconds) or "none"
    std::optional<json::Bounded<0, 600'000>> delay_ms = std::nullopt; ///< before anything is sent
    bool drip = false;                                       ///< head and body byte by byte, 20 a second
    std::optional<ResetPoint> reset = std::nullopt;          ///< TCP reset in place of the answer or half-way
    std::optional<json::Bounded<0>> truncate = std::nullopt; ///< close after so many bytes of the body
    bool bad_json = false;
    bool html_instead = false;
    bool empty_body = false;
    std::optional<json::Bounded<1, 4'096>> huge =
        std::nullopt;                    ///< MiB of JSON in place of the answer; of a page: more
    bool gzip = false;                   ///< compressed, asked for or not
    bool gzip_bomb = false;              ///< 64 MiB of JSON in some 64 KiB
    bool wrong_length = false;           ///< Content-Length promises more than comes
    std::vector<std::string> omit;       ///< these keys are missing, anywhere in the answer
    std::vector<std::string> null;       ///< these are null
    std::vector<std::string> wrong_type; ///< a number where text belongs, text where anything else does
    bool extra_keys = false;             ///< every object has two more members

    /// The answer that was asked for is never made. A page is not replaced by `huge`, but grows.
    bool replaces_answer(bool is_page = false) const;
};
BOOST_DESCRIBE_STRUCT(FaultRule, (),
                      (route, method, times, status, body, retry_after, delay_ms, drip, reset, truncate,
                       bad_json, html_instead, empty_body, huge, gzip, gzip_bomb, wrong_length, omit, null,
                       wrong_type, extra_keys))

/// One rule from the command line: "route=/v1/me status=500 times=2". Switches stand alone ("drip"), lists
/// have commas ("omit=genres,images"), a text with spaces is quoted (body="no such luck").
/// invalid_argument names what is wrong.
Result<FaultRule> parse_fault(std::string_view text);

/// One rule from JSON. invalid_argument names every unknown key and wrong value.
Result<FaultRule> read_fault(const boost::json::value& value);

/// The rules in force. Not synchronized.
class FaultBook {
public:
    static constexpr std::size_t max_rules = 100;

    void replace(std::vector<FaultRule> rules) { rules_ = std::move(rules); }
    /// With the times that are left.
    const std::vector<FaultRule>& rules() const { return rules_; }
    /// The first rule for this request that has times left; takes one of them.
    std::optional<FaultRule> take(std::string_view method, std::string_view path);

private:
    std::vector<FaultRule> rules_;
};

} // namespace personalify::simulator
