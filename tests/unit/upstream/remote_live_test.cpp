// Those who read and translate texts, over real sockets against the simulator with its faults.
#include "app/caching_translator.hpp"
#include "app/emotion_engines.hpp"
#include "http/server.hpp"
#include "simulator/simulator.hpp"
#include "unit/app/fake_engines.hpp"
#include "unit/upstream/scripted.hpp"
#include "upstream/huggingface/huggingface.hpp"
#include "upstream/translate/translate.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace personalify::upstream {
namespace {

using namespace testing;
using personalify::test::run;
using personalify::test::ScriptedEngine;

/// The simulator, served on a free port.
class SimulatedServices {
public:
    SimulatedServices() {
        http::ServerOptions options;
        options.port = 0;
        server_ = http::serve({&loop_}, options, simulator_.handler());
        thread_ = std::thread{[this] { loop_.run(); }};
    }
    ~SimulatedServices() {
        server_->drain(std::chrono::seconds{0}, [this] { loop_.stop(); });
        thread_.join();
    }
    SimulatedServices(const SimulatedServices&) = delete;
    SimulatedServices& operator=(const SimulatedServices&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

private:
    simulator::Simulator simulator_{{}};
    asio::io_context loop_{1};
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

class RemoteLive : public ::testing::Test {
protected:
    RemoteLive() {
        options_.api_key = "hf_demo";
        options_.inference_url = services_.url();
        options_.deadline = 1000ms;
        options_.try_deadline = 300ms;
        translate_.cloud_url = translate_.web_url = services_.url();
        translate_.api_key = "demo-key";
        translate_.deadline = 1000ms;
        translate_.try_deadline = 300ms;
    }
    void fail_with(const std::string& members) {
        net::HttpCall call;
        call.method = "PUT";
        call.url = services_.url() + "/_sim/faults";
        call.body = R"({"rules":[{"route":"*",)" + members + "}]}";
        ASSERT_EQ(run(client_.send(std::move(call)))->status, 200);
    }
    /// A new one each time: what one fault closed is open for the next.
    std::shared_ptr<app::EmotionEngine> remote() {
        return huggingface::make_remote_engine(options_, client_, states_, clock_);
    }
    std::shared_ptr<app::Translator> translator(translate::Service service) {
        translate_.service = service;
        return translate::make_translator(translate_, client_, states_, clock_);
    }

    SimulatedServices services_;
    net::HttpClient client_;
    SystemClock clock_;
    States states_;
    huggingface::HuggingFaceOptions options_;
    translate::TranslateOptions translate_;
};

TEST_F(RemoteLive, ReadsEmotions) {
    const auto readings = run(remote()->read({"I cry alone in the rain", "I love you, darling", ""}));
    ASSERT_TRUE(readings) << readings.error().cause;
    EXPECT_GT(readings->at(0).probabilities[emotion_from("sadness").value()], 0.5F);
    EXPECT_GT(readings->at(1).probabilities[emotion_from("love").value()], 0.5F);
    options_.api_key = "hf_wrong";
    EXPECT_FALSE(run(remote()->read({"rain"})));
    EXPECT_EQ(states_.writes, 1) << "closed for an hour";
}

TEST_F(RemoteLive, BothTranslatorsKeepLines) {
    for (const auto service : {translate::Service::cloud, translate::Service::web}) {
        const auto texts =
            run(translator(service)->to_english({"Pulang larut\n\n[Chorus]\nHujan & \"kota\"", "1999"}));
        ASSERT_TRUE(texts) << texts.error().cause;
        EXPECT_EQ(texts->at(0).text, "Come home late\n\n[Chorus]\nRain & \"city\"");
        EXPECT_EQ(texts->at(0).source_language, "id");
        EXPECT_EQ(texts->at(1).text, "1999");
    }
}

TEST_F(RemoteLive, AForeignTextIsReadInEnglish) {
    const app::LanguageOf indonesian = [](std::string_view) { return "id"; };
    app::TranslatingEngine engine{remote(), translator(translate::Service::cloud), indonesian, nullptr};
    const auto readings = run(engine.read({"Hujan dan tangis"}));
    ASSERT_TRUE(readings);
    EXPECT_TRUE(readings->at(0).translated);
    EXPECT_GT(readings->at(0).probabilities[emotion_from("sadness").value()], 0.5F);
}

TEST_F(RemoteLive, EveryFaultEndsInALocalReading) {
    for (const char* fault : {R"("status":401)",
                              R"("status":402)",
                              R"("status":404)",
                              R"("status":429,"retry_after":"7")",
                              R"("status":500)",
                              R"("status":503)",
                              R"("html_instead":true)",
                              R"("empty_body":true)",
                              R"("bad_json":true)",
                              R"("reset":"before")",
                              R"("reset":"amid")",
                              R"("truncate":5)",
                              R"("wrong_length":true)",
                              R"("huge":2)",
                              R"("gzip_bomb":true)",
                              R"("drip":true)",
                              R"("delay_ms":500)",
                              R"("null":["score"])",
                              R"("omit":["label"])",
                              R"("wrong_type":["score","label"])",
                              R"("status":200,"body":"[[{\"label\":\"POSITIVE\",\"score\":0.9}]]")",
                              R"("status":503,"body":"{\"error\":\"loading\",\"estimated_time\":20.0}")"}) {
        SCOPED_TRACE(fault);
        fail_with(fault);
        const auto local = std::make_shared<ScriptedEngine>("local", 0.5F);
        app::HybridEngine hybrid{local, remote(), nullptr};
        app::RemoteFirstEngine remote_first{local, remote(), nullptr};
        for (app::EmotionEngine* engine :
             std::initializer_list<app::EmotionEngine*>{&hybrid, &remote_first}) {
            const auto readings = run(engine->read({"rain"}));
            ASSERT_TRUE(readings);
            EXPECT_EQ(readings->at(0).engine, "local");
            EXPECT_TRUE(readings->at(0).provisional);
        }
        for (const auto service : {translate::Service::cloud, translate::Service::web}) {
            if (std::string_view{fault}.contains("label") || std::string_view{fault}.contains("score")) {
                continue;
            }
            EXPECT_FALSE(run(translator(service)->to_english({"hujan"})));
        }
    }
}

TEST_F(RemoteLive, WhatIsOddButWholeIsRead) {
    for (const char* fault : {R"("gzip":true)", R"("extra_keys":true)", R"("delay_ms":1)"}) {
        fail_with(fault);
        EXPECT_TRUE(run(remote()->read({"rain"}))) << fault;
        EXPECT_TRUE(run(translator(translate::Service::cloud)->to_english({"hujan"}))) << fault;
        EXPECT_TRUE(run(translator(translate::Service::web)->to_english({"hujan"}))) << fault;
    }
}

} // namespace
} // namespace personalify::upstream
