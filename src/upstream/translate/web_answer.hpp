#pragma once

#include "app/ports/translator.hpp"
#include "net/http_client.hpp"
#include "upstream/common/service_caller.hpp"

#include <string>
#include <string_view>

/// What the free pages are asked, and what their answers mean: pure rules.
namespace personalify::translate {

/// Address of the answer in JSON, and of the page for telephones. `base` has no slash at its end.
std::string single_url(std::string_view base, std::string_view text);
std::string page_url(std::string_view base, std::string_view text);

/// The translation in any of the shapes seen; upstream_unavailable when there is none.
Result<app::Translation> parse_single(const net::HttpReply& reply);
/// The text of the page's container, without its language.
Result<app::Translation> parse_page(const net::HttpReply& reply);

/// What to do after an answer in JSON. An answer that may be had from the page instead is not_found.
upstream::Judgement<app::Translation> judge_single(const net::HttpReply& reply, const upstream::Try& attempt,
                                                   double jitter);
upstream::Judgement<app::Translation> judge_page(const net::HttpReply& reply, const upstream::Try& attempt,
                                                 double jitter);

} // namespace personalify::translate
