#include "contract/access_requests.hpp"
#include "contract/erasure.hpp"
#include "contract/genres.hpp"
#include "contract/history.hpp"
#include "contract/jobs.hpp"
#include "contract/library.hpp"
#include "contract/lyrics.hpp"
#include "contract/reports.hpp"
#include "contract/sessions.hpp"
#include "contract/title_readings.hpp"
#include "contract/translations.hpp"
#include "contract/upstream_state.hpp"
#include "contract/users.hpp"
#include "storage/sqlite/sqlite.hpp"
#include "support/temp_dir.hpp"

namespace personalify::test {

class SqliteWorld {
public:
    storage::Stores& stores() { return *stores_; }

private:
    TempDir dir_;
    ManualClock clock_{noon};
    std::unique_ptr<storage::Stores> stores_ = storage::open_sqlite(dir_.path(), clock_).value();
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UserStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, SessionStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, ErasureContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LibraryStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, HistoryStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, TitleReadingStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, JobStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, AccessRequestStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UpstreamStateStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, TranslationStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, LyricsStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, GenreStoreContract, SqliteWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, ReportStoreContract, SqliteWorld);

} // namespace personalify::test
