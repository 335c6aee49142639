#include "contract/dashboard_cache.hpp"
#include "contract/short_lived.hpp"
#include "storage/memory/dashboard_cache.hpp"
#include "storage/memory/short_lived.hpp"
#include "support/samples.hpp"

namespace personalify::test {

class MemoryWorld {
public:
    app::DashboardCache& dashboards() { return dashboards_; }
    app::ShortLivedStore& store() { return store_; }
    void pass(std::chrono::seconds time) { clock_.advance(time); }

private:
    ManualClock clock_{noon};
    storage::MemoryDashboardCache dashboards_{1U << 20U, clock_};
    storage::MemoryShortLived store_{100, 1U << 16U, clock_};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, DashboardCacheContract, MemoryWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ShortLivedStoreContract, MemoryWorld);

} // namespace personalify::test
