#pragma once

#include "app/ports/jobs.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace personalify::app {

class JobBoard;

/// One who waits for news of a job. Used and destroyed on one shard; keeps the newest news only.
class JobWatch {
public:
    ~JobWatch();
    JobWatch(const JobWatch&) = delete;
    JobWatch& operator=(const JobWatch&) = delete;

    /// The newest news that was not taken yet.
    std::optional<Job> take() { return std::exchange(news_, std::nullopt); }
    /// Whether the job may be gone since this was asked last: then nothing more is told of it.
    bool take_doubt() { return std::exchange(doubted_, false); }
    /// Called, on the watch's shard, when there is something to take.
    void on_news(std::function<void()> wake) { wake_ = std::move(wake); }

private:
    friend class JobBoard;
    struct Watches;
    JobWatch(std::shared_ptr<Watches> watches, std::string job);
    void tell(const Job& job);
    void doubt();

    std::shared_ptr<Watches> watches_;
    std::string job_;
    std::optional<Job> news_;
    bool doubted_ = false;
    std::function<void()> wake_;
};

/// Tells those who watch a job, on whatever shard, how it goes. Holds nothing of jobs that nobody watches.
/// Any thread may use it; watches may outlive it.
class JobBoard {
public:
    JobBoard();

    /// A new watch on `shard`, which is the current one. What was told before is not told again: read the job
    /// after this.
    std::shared_ptr<JobWatch> watch(Executor shard, std::string job);
    void tell(const Job& job);
    /// Jobs were erased: all who watch one have to look whether theirs is still there.
    void doubt_all();

private:
    std::shared_ptr<JobWatch::Watches> watches_;
};

} // namespace personalify::app
