#include "app/job_board.hpp"

#include <boost/asio/post.hpp>

#include <mutex>
#include <unordered_map>
#include <vector>

namespace personalify::app {

struct JobWatch::Watches {
    /// A watch belongs to its shard: elsewhere it is only handed on.
    struct Entry {
        Executor shard;
        std::weak_ptr<JobWatch> watch;
    };
    std::mutex mutex;
    std::unordered_map<std::string, std::vector<Entry>> of_job; ///< guarded by mutex
};

JobWatch::JobWatch(std::shared_ptr<Watches> watches, std::string job)
    : watches_(std::move(watches))
    , job_(std::move(job)) {}

JobWatch::~JobWatch() {
    const std::lock_guard lock(watches_->mutex);
    const auto at = watches_->of_job.find(job_);
    if (at == watches_->of_job.end()) {
        return;
    }
    std::erase_if(at->second, [](const Watches::Entry& entry) { return entry.watch.expired(); });
    if (at->second.empty()) {
        watches_->of_job.erase(at);
    }
}

void JobWatch::tell(const Job& job) {
    news_ = job;
    if (wake_) {
        wake_();
    }
}

void JobWatch::doubt() {
    doubted_ = true;
    if (wake_) {
        wake_();
    }
}

JobBoard::JobBoard()
    : watches_(std::make_shared<JobWatch::Watches>()) {}

std::shared_ptr<JobWatch> JobBoard::watch(Executor shard, std::string job) {
    const std::shared_ptr<JobWatch> made{new JobWatch{watches_, job}};
    const std::lock_guard lock(watches_->mutex);
    watches_->of_job[std::move(job)].push_back({shard, made});
    return made;
}

void JobBoard::tell(const Job& job) {
    std::vector<JobWatch::Watches::Entry> entries;
    {
        const std::lock_guard lock(watches_->mutex);
        const auto at = watches_->of_job.find(job.id);
        if (at == watches_->of_job.end()) {
            return;
        }
        entries = at->second;
    }
    const auto news = std::make_shared<const Job>(job);
    for (const JobWatch::Watches::Entry& entry : entries) {
        asio::post(entry.shard, [watch = entry.watch, news] {
            if (const std::shared_ptr<JobWatch> still_there = watch.lock()) {
                still_there->tell(*news);
            }
        });
    }
}

void JobBoard::doubt_all() {
    std::vector<JobWatch::Watches::Entry> entries;
    {
        const std::lock_guard lock(watches_->mutex);
        for (const auto& [job, of_it] : watches_->of_job) {
            entries.insert(entries.end(), of_it.begin(), of_it.end());
        }
    }
    for (const JobWatch::Watches::Entry& entry : entries) {
        asio::post(entry.shard, [watch = entry.watch] {
            if (const std::shared_ptr<JobWatch> still_there = watch.lock()) {
                still_there->doubt();
            }
        });
    }
}

} // namespace personalify::app
