#include "api/assets.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalify::api {
namespace {

const Asset& gzipped_asset() {
    return *std::ranges::find_if(assets(), &Asset::gzipped);
}

} // namespace

TEST(Assets, AreInflatedOnceForClientsWithoutGzip) {
    const http::Response first = serve_asset(gzipped_asset(), http::Request{});
    const http::Response second = serve_asset(gzipped_asset(), http::Request{});
    ASSERT_TRUE(first.shared_body);
    EXPECT_EQ(first.shared_body, second.shared_body);
    EXPECT_GT(first.bytes().size(), gzipped_asset().bytes.size());
}

TEST(Assets, AreSentAsTheyAreToClientsWithGzip) {
    http::Request request;
    request.headers.push_back({"Accept-Encoding", "br, gzip"});
    const http::Response response = serve_asset(gzipped_asset(), request);
    EXPECT_FALSE(response.shared_body);
    EXPECT_EQ(response.bytes().data(), gzipped_asset().bytes.data());
}

} // namespace personalify::api
