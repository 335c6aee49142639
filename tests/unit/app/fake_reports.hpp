#pragma once

#include "app/ports/reports.hpp"

#include <deque>
#include <functional>

namespace personalify::test {

/// Users to export, and totals that count themselves.
class FakeReports final : public app::ReportStore {
public:
    Task<Result<StoredTotals>> totals(int, int) override {
        on_totals();
        co_return StoredTotals{.engine = "Fake", .engine_version = "1", .users = ++counted};
    }
    Task<Result<std::optional<StoredUserTotals>>> user(UserId user, int) override {
        co_return user == UserId{"ada"} ? std::optional{StoredUserTotals{.display_name = "Ada"}}
                                        : std::nullopt;
    }
    Task<Result<app::UserSnapshot>> users() override {
        if (broken) {
            co_return fail(Errc::internal, "Storage is unavailable.");
        }
        co_return std::make_unique<Rows>(*this);
    }
    Task<Result<app::SyncSnapshot>> syncs() override { co_return fail(Errc::internal, "Not here."); }

    int counted = 0;
    int open = 0;            ///< snapshots
    int batches = 3;         ///< of one user each, of every export
    bool broken = false;     ///< when an export begins
    bool breaks_off = false; ///< after the batches
    std::function<void()> on_totals = [] {};

private:
    class Rows final : public app::Snapshot<app::ExportedUser> {
    public:
        explicit Rows(FakeReports& from)
            : from_(from) {
            ++from_.open;
        }
        ~Rows() override { --from_.open; }
        Task<Result<std::vector<app::ExportedUser>>> next(std::size_t) override {
            if (given_ == from_.batches && from_.breaks_off) {
                co_return fail(Errc::internal, "Storage is unavailable.");
            }
            std::vector<app::ExportedUser> users;
            if (given_ < from_.batches) {
                users.push_back(
                    {.number = ++given_, .id = UserId{"ada"}, .name = "=Ada", .artists = {"a", "b"}});
            }
            co_return users;
        }

    private:
        FakeReports& from_;
        int given_ = 0;
    };
};

} // namespace personalify::test
