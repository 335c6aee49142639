#include "api/auth.hpp"

namespace personalify::api {

namespace {

struct AccessListQuery {
    std::optional<app::AccessState> state;
    json::Bounded<1, 200> limit = 50;
    std::optional<json::Bounded<1>> before; ///< requests with smaller ids than this
};
BOOST_DESCRIBE_STRUCT(AccessListQuery, (), (state, limit, before))

/// A request as administrators see it.
struct AccessItem {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    TimePoint requested_at{};
    app::AccessState state = app::AccessState::open;
    std::optional<TimePoint> decided_at;
    app::Delivery delivery = app::Delivery::pending; ///< of the notice to the owner
    int attempts = 0;                                ///< to deliver it
};
BOOST_DESCRIBE_STRUCT(AccessItem, (), (id, name, email, requested_at, state, decided_at, delivery, attempts))

struct AccessList {
    std::vector<AccessItem> requests;
    std::optional<std::int64_t> next_before; ///< for the next page; null on the last

    static AccessList example() {
        constexpr TimePoint asked{std::chrono::milliseconds{1'795'348'800'000}};
        return {{{7, "Rani Senja", "rani@example.org", asked, app::AccessState::open, std::nullopt,
                  app::Delivery::sent, 1}},
                std::nullopt};
    }
};
BOOST_DESCRIBE_STRUCT(AccessList, (), (requests, next_before))

enum class Verdict { approve, decline };
BOOST_DESCRIBE_ENUM(Verdict, approve, decline)

struct DecisionBody {
    json::Required<Verdict> decision;
};
BOOST_DESCRIBE_STRUCT(DecisionBody, (), (decision))

struct DecisionAnswer {
    AccessItem request;
    std::optional<std::string> link;     ///< for the person who asked; shown this once
    std::optional<TimePoint> expires_at; ///< of the link
    std::int64_t places_left = 0;        ///< of the five of a Spotify app in development mode
};
BOOST_DESCRIBE_STRUCT(DecisionAnswer, (), (request, link, expires_at, places_left))

AccessItem item_of(app::StoredAccessRequest stored) {
    return {.id = stored.id,
            .name = std::move(stored.request.name),
            .email = std::move(stored.request.email),
            .requested_at = stored.request.requested_at,
            .state = stored.state,
            .decided_at = stored.decided_at,
            .delivery = stored.delivery,
            .attempts = stored.attempts};
}

Task<Result<AccessList>> list(app::AccessService& access, AccessListQuery query) {
    app::AccessFilter filter{.state = query.state, .limit = static_cast<int>(*query.limit) + 1};
    if (query.before) {
        filter.before = **query.before;
    }
    Result<std::vector<app::StoredAccessRequest>> found = co_await access.list(filter);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    AccessList page;
    for (app::StoredAccessRequest& stored : *found) {
        if (std::ssize(page.requests) == *query.limit) { // there is one more
            page.next_before = page.requests.back().id;
            break;
        }
        page.requests.push_back(item_of(std::move(stored)));
    }
    co_return page;
}

Task<Result<DecisionAnswer>> decide(app::AccessService& access, std::int64_t id, bool approve,
                                    std::string base) {
    Result<app::AccessDecision> decided = co_await access.decide(id, approve);
    if (!decided) {
        co_return std::unexpected(std::move(decided.error()));
    }
    DecisionAnswer answer{.request = item_of(std::move(decided->request)),
                          .link = std::nullopt,
                          .expires_at = decided->expires_at,
                          .places_left = decided->places_left};
    if (approve) {
        answer.link = base + "/login?invite=" + decided->invitation;
    }
    co_return answer;
}

Task<Result<http::NoContent>> erase(app::AccessService& access, std::int64_t id) {
    const Result<> erased = co_await access.erase(id);
    if (!erased) {
        co_return std::unexpected(erased.error());
    }
    co_return http::NoContent{};
}

} // namespace

void add_access_admin_routes(Routes& routes, app::AccessService& access, const Addresses& addresses,
                             const http::Guard& guard) {
    routes.get<AccessList>("/admin/access-requests", "Who asked to be let in, newest first")
        .tag("Administration")
        .describe("Page with `before` = the last answer's `next_before`.")
        .query<AccessListQuery>()
        .needs_admin(guard)
        .handle([&access](AccessListQuery query) { return list(access, query); });

    routes.post<DecisionAnswer>("/admin/access-requests/{id}", "Approve or decline a request")
        .tag("Administration")
        .describe(
            "Approving answers with a link, this once, that lets one person in within 14 days; approving "
            "again makes a new one and voids the old. A Spotify app in development mode admits five users, "
            "whom its owner lists in the developer dashboard: `places_left` says how many are to be had.")
        .path("id", "Number of the request")
        .body<DecisionBody>()
        .needs_admin(guard)
        .fails_with(Errc::not_found, Errc::conflict)
        .handle([&access, addresses](const http::Request& request, std::int64_t id, DecisionBody body) {
            return decide(access, id, *body.decision == Verdict::approve, addresses.own_base(request));
        });

    routes.del<http::NoContent>("/admin/access-requests/{id}", "Delete a request")
        .tag("Administration")
        .describe("With the name, the address and the invitation. Decided requests go by themselves after 90 "
                  "days.")
        .path("id", "Number of the request")
        .needs_admin(guard)
        .fails_with(Errc::not_found)
        .handle([&access](std::int64_t id) { return erase(access, id); });
}

} // namespace personalify::api
