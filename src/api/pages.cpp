#include "api/assets.hpp"
#include "api/system.hpp"
#include "embedded.hpp"
#include "http/ready_answer.hpp"

#include <algorithm>

namespace personalify::api {

namespace {

struct Banner {
    std::string status = "ok";
    std::string message = "Personalify Backend API";
};
BOOST_DESCRIBE_STRUCT(Banner, (), (status, message))

/// The page of `/` and `/dashboard/{id}`, with its headers.
class Page {
public:
    explicit Page(const SystemInfo& info) {
        std::string html{embedded::index_html()};
        constexpr std::string_view mark = R"(<meta name="personalify-demo" content="")";
        if (const std::size_t at = html.find(mark); info.demo && at != std::string::npos) {
            html.insert(at + mark.size() - 1, "on");
        }
        std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
                             "https://i.scdn.co https://*.scdn.co https://*.spotifycdn.com";
        for (const std::string& origin : info.image_origins) {
            policy += ' ' + origin;
        }
        policy += "; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
                  "frame-ancestors 'none'; manifest-src 'self'";
        answer_ = std::make_shared<const http::ReadyAnswer>(
            std::vector<http::Header>{{"Content-Type", "text/html; charset=utf-8"},
                                      {"Content-Security-Policy", std::move(policy)},
                                      {"Cache-Control", "no-cache"},
                                      {"Vary", "Accept"}},
            std::move(html));
    }

    http::Response show(const http::Request& request) const {
        return http::ReadyAnswer::respond(answer_, request);
    }
    bool show(const http::Request& request, http::Ready& out) const {
        answer_->fill(request, out);
        return true; // the page lives as long as the routes
    }

private:
    std::shared_ptr<const http::ReadyAnswer> answer_;
};

// A browser names text/html; an API client, or `curl` with */*, does not.
bool wants_page(const http::Request& request) {
    return request.header("accept").value_or("").find("text/html") != std::string_view::npos;
}

Task<Result<http::Response>> front_door(std::shared_ptr<const Page> page, const http::Request& request) {
    if (wants_page(request)) {
        co_return page->show(request);
    }
    http::Response response = http::json_response(200, json::write(Banner{}));
    response.headers.push_back({"Vary", "Accept"});
    co_return response;
}

Task<Result<http::Response>> show(std::shared_ptr<const Page> page, const http::Request& request) {
    co_return page->show(request);
}

Task<Result<http::Response>> asset(const http::Request& request, std::string name) {
    const auto at = std::ranges::find(assets(), name, &Asset::name);
    if (at == assets().end()) {
        co_return http::error_response(404, "Not Found");
    }
    co_return serve_asset(*at, request);
}

} // namespace

void add_page_routes(Routes& routes, const SystemInfo& info) {
    const auto page = std::make_shared<const Page>(info);

    routes.get<http::Response>("/", "The page for browsers, a banner for API clients")
        .tag("System")
        .produces("text/html")
        .answers<Banner>(200, "The banner; with `Accept: text/html`, the page")
        .unlimited()
        .ready([page](const http::Request& request, std::span<const std::string_view>, http::Ready& out) {
            return wants_page(request) && page->show(request, out);
        })
        .handle([page](const http::Request& request) { return front_door(page, request); });

    routes.get<http::Response>("/dashboard/{id}", "The dashboard's page")
        .tag("System")
        .produces("text/html")
        .ready([page](const http::Request& request, std::span<const std::string_view>, http::Ready& out) {
            return page->show(request, out);
        })
        .handle([page](const http::Request& request, std::string) { return show(page, request); });

    routes.get<http::Response>("/assets/{name}", "Files of the page")
        .tag("System")
        .produces("*/*")
        .fails_with(Errc::not_found)
        .unlimited()
        .handle(
            [](const http::Request& request, std::string name) { return asset(request, std::move(name)); });
}

} // namespace personalify::api
