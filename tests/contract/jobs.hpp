#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::JobStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class JobStoreContract : public ::testing::Test {
protected:
    using Maybe = std::optional<app::Job>;

    void SetUp() override {
        for (const char* id : {"ada", "bob"}) {
            ASSERT_TRUE(run(world_.stores().users().save_login(profile(id), {"sealed"}, noon)).has_value());
        }
    }
    static app::Job job(std::string id, std::string user = "ada", TimeRange range = TimeRange::short_term) {
        return {.id = std::move(id),
                .user = UserId{std::move(user)},
                .range = range,
                .created_at = noon,
                .updated_at = noon};
    }
    Result<app::Job> enqueue(app::Job added, int most = 100) {
        return run(jobs().enqueue(std::move(added), most));
    }
    Maybe find(std::string id) { return run(jobs().find(std::move(id))).value(); }
    Maybe start(TimePoint now = noon) { return run(jobs().start_next(now)).value(); }
    Maybe finish(std::string id, app::JobEnd end, bool extended = false, TimePoint now = noon) {
        return run(jobs().finish(std::move(id), std::move(end), extended, now)).value();
    }
    static app::JobEnd good() {
        return {.result = EmotionSummary{"Shades of <b>joy</b>.", {{"Golden Joy", 1.0 / 3}}}};
    }
    int requeue(int most_attempts = 100, TimePoint now = noon) {
        return run(jobs().requeue_running(most_attempts, "It never ends.", now)).value();
    }
    static std::string id_of(const Maybe& found) { return found ? found->id : ""; }
    app::JobStore& jobs() { return world_.stores().jobs(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(JobStoreContract);

TYPED_TEST_P(JobStoreContract, ComesBackAsAdded) {
    app::Job added = this->job("j1", "bob", TimeRange::long_term);
    added.extended = true;
    EXPECT_EQ(this->enqueue(added), added);
    EXPECT_EQ(this->find("j1"), added);
    EXPECT_EQ(this->find("j2"), std::nullopt);
}

TYPED_TEST_P(JobStoreContract, ListsThoseOfAUserNewestFirst) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    ASSERT_TRUE(this->enqueue(this->job("j2", "bob")));
    ASSERT_TRUE(this->enqueue(this->job("j3", "ada", TimeRange::long_term)));
    const auto list = [this](const char* user, int limit) {
        std::vector<std::string> ids;
        for (const app::Job& job : run(this->jobs().list(UserId{user}, limit)).value()) {
            ids.push_back(job.id);
        }
        return ids;
    };
    EXPECT_EQ(list("ada", 10), (std::vector<std::string>{"j3", "j1"}));
    EXPECT_EQ(list("ada", 1), (std::vector<std::string>{"j3"}));
    EXPECT_TRUE(list("eve", 10).empty());
}

TYPED_TEST_P(JobStoreContract, AUserHasOneActiveJobPerRange) {
    EXPECT_EQ(this->enqueue(this->job("j1"))->id, "j1");
    EXPECT_EQ(this->enqueue(this->job("j2"))->id, "j1") << "queued";
    EXPECT_EQ(this->enqueue(this->job("j3", "ada", TimeRange::long_term))->id, "j3");
    EXPECT_EQ(this->enqueue(this->job("j4", "bob"))->id, "j4");
    ASSERT_EQ(this->id_of(this->start()), "j1");
    EXPECT_EQ(this->enqueue(this->job("j5"))->id, "j1") << "running";
    EXPECT_EQ(this->find("j5"), std::nullopt);
    ASSERT_TRUE(this->finish("j1", this->good()));
    EXPECT_EQ(this->enqueue(this->job("j6"))->id, "j6") << "over";
}

TYPED_TEST_P(JobStoreContract, AnActiveJobBecomesExtendedAndStaysIt) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    app::Job more = this->job("j2");
    more.extended = true;
    EXPECT_TRUE(this->enqueue(more)->extended);
    EXPECT_TRUE(this->enqueue(this->job("j3"))->extended);
    EXPECT_TRUE(this->find("j1")->extended);
}

TYPED_TEST_P(JobStoreContract, NeedsAUserAndRoom) {
    EXPECT_EQ(this->enqueue(this->job("j1", "nobody")).error().code, Errc::not_found);
    ASSERT_TRUE(this->enqueue(this->job("j1"), 1));
    EXPECT_EQ(this->enqueue(this->job("j2", "bob"), 1).error().code, Errc::overloaded);
    EXPECT_EQ(this->enqueue(this->job("j3"), 1)->id, "j1") << "the active one needs no room";
    ASSERT_TRUE(this->start());
    EXPECT_EQ(this->enqueue(this->job("j2", "bob"), 1).error().code, Errc::overloaded);
    ASSERT_TRUE(this->finish("j1", {.error = "no"}));
    EXPECT_TRUE(this->enqueue(this->job("j2", "bob"), 1));
}

TYPED_TEST_P(JobStoreContract, TheyStartInOrder) {
    EXPECT_EQ(this->start(), std::nullopt);
    for (const char* id : {"j9", "j1", "j5"}) {
        const auto range = all_time_ranges[std::string_view{id}[1] % 3];
        ASSERT_EQ(this->enqueue(this->job(id, id == std::string_view{"j5"} ? "bob" : "ada", range))->id, id);
    }
    const auto first = this->start(noon + 5s);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->id, "j9");
    EXPECT_EQ(first->state, app::JobState::running);
    EXPECT_EQ(first->created_at, noon);
    EXPECT_EQ(first->updated_at, noon + 5s);
    EXPECT_EQ(this->find("j9"), first);
    EXPECT_EQ(this->id_of(this->start()), "j1");
    EXPECT_EQ(this->id_of(this->start()), "j5");
    EXPECT_EQ(this->start(), std::nullopt);
}

TYPED_TEST_P(JobStoreContract, TellsHowFarItIs) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    EXPECT_EQ(run(this->jobs().advance("j1", 1, 10, noon)).value(), std::nullopt) << "still queued";
    ASSERT_TRUE(this->start());
    const auto further = run(this->jobs().advance("j1", 4, 10, noon + 2s)).value();
    ASSERT_TRUE(further.has_value());
    EXPECT_EQ(further->steps_done, 4);
    EXPECT_EQ(further->steps, 10);
    EXPECT_EQ(further->updated_at, noon + 2s);
    EXPECT_EQ(this->find("j1"), further);
    EXPECT_EQ(run(this->jobs().advance("gone", 1, 10, noon)).value(), std::nullopt);
}

TYPED_TEST_P(JobStoreContract, EndsOnceWithAResultOrAnError) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    ASSERT_TRUE(this->enqueue(this->job("j2", "bob")));
    EXPECT_EQ(this->finish("j1", this->good()), std::nullopt) << "still queued";
    ASSERT_TRUE(this->start());
    ASSERT_TRUE(this->start());
    const auto done = this->finish("j1", this->good(), false, noon + 9s);
    ASSERT_TRUE(done.has_value());
    EXPECT_EQ(done->state, app::JobState::done);
    EXPECT_EQ(done->result, this->good().result);
    EXPECT_EQ(done->error, "");
    EXPECT_EQ(done->updated_at, noon + 9s);
    const auto failed = this->finish("j2", {.error = "The engine is away."});
    ASSERT_TRUE(failed.has_value());
    EXPECT_EQ(failed->state, app::JobState::failed);
    EXPECT_EQ(failed->result, std::nullopt);
    EXPECT_EQ(failed->error, "The engine is away.");
    EXPECT_EQ(this->finish("j1", {.error = "again"}), std::nullopt);
    EXPECT_EQ(this->find("j1"), done);
}

TYPED_TEST_P(JobStoreContract, DoesNotEndWhenItBecameExtended) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    ASSERT_TRUE(this->start());
    app::Job more = this->job("j2");
    more.extended = true;
    ASSERT_TRUE(this->enqueue(more));
    EXPECT_EQ(this->finish("j1", this->good(), false), std::nullopt);
    EXPECT_EQ(this->find("j1")->state, app::JobState::running);
    EXPECT_TRUE(this->finish("j1", this->good(), true));
}

TYPED_TEST_P(JobStoreContract, InterruptedOnesWaitAgain) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    ASSERT_TRUE(this->enqueue(this->job("j2", "bob")));
    EXPECT_EQ(this->requeue(), 0);
    ASSERT_TRUE(this->start());
    ASSERT_TRUE(run(this->jobs().advance("j1", 4, 10, noon)).value());
    EXPECT_EQ(this->requeue(100, noon + 1s), 1);
    EXPECT_EQ(this->find("j1")->state, app::JobState::queued);
    EXPECT_EQ(this->find("j1")->steps_done, 0);
    EXPECT_EQ(this->id_of(this->start()), "j1") << "it waited longest";
}

TYPED_TEST_P(JobStoreContract, ThoseThatEndTheirWorkersFailAtLast) {
    ASSERT_TRUE(this->enqueue(this->job("j1")));
    ASSERT_TRUE(this->enqueue(this->job("j2", "bob")));
    for (int attempt = 1; attempt < 3; ++attempt) {
        ASSERT_EQ(this->id_of(this->start()), "j1");
        EXPECT_EQ(this->requeue(3), 1);
    }
    ASSERT_EQ(this->id_of(this->start()), "j1");
    ASSERT_EQ(this->id_of(this->start()), "j2");
    EXPECT_EQ(this->requeue(3, noon + 1s), 1) << "of j2 only";
    EXPECT_EQ(this->find("j1")->state, app::JobState::failed);
    EXPECT_EQ(this->find("j1")->error, "It never ends.");
    EXPECT_EQ(this->find("j1")->updated_at, noon + 1s);
    EXPECT_EQ(this->id_of(this->start()), "j2");
    EXPECT_EQ(this->enqueue(this->job("j3"))->id, "j3") << "its user may try again";
}

TYPED_TEST_P(JobStoreContract, ThoseThatAreOverAreErasedInPortions) {
    for (int i = 0; i < 5; ++i) {
        const std::string id = std::to_string(i);
        ASSERT_TRUE(this->enqueue(this->job(id)));
        ASSERT_TRUE(this->start());
        ASSERT_TRUE(this->finish(id, i % 2 == 0 ? this->good() : app::JobEnd{.error = "no"}, false,
                                 noon + std::chrono::seconds{i}));
    }
    ASSERT_TRUE(this->enqueue(this->job("waiting")));
    EXPECT_EQ(run(this->jobs().erase_over(noon, 10)), 0);
    EXPECT_EQ(run(this->jobs().erase_over(noon + 4s, 3)), 3);
    EXPECT_EQ(run(this->jobs().erase_over(noon + 4s, 3)), 1);
    EXPECT_TRUE(this->find("4").has_value());
    EXPECT_EQ(run(this->jobs().erase_over(noon + 1h, 10)), 1);
    EXPECT_TRUE(this->find("waiting").has_value());
}

REGISTER_TYPED_TEST_SUITE_P(JobStoreContract, ListsThoseOfAUserNewestFirst, ComesBackAsAdded,
                            AUserHasOneActiveJobPerRange, AnActiveJobBecomesExtendedAndStaysIt,
                            NeedsAUserAndRoom, TheyStartInOrder, TellsHowFarItIs,
                            EndsOnceWithAResultOrAnError, DoesNotEndWhenItBecameExtended,
                            InterruptedOnesWaitAgain, ThoseThatEndTheirWorkersFailAtLast,
                            ThoseThatAreOverAreErasedInPortions);

} // namespace personalify::test
