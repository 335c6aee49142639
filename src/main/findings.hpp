#pragma once

#include "config/settings.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace personalify {

enum class FindingLevel { problem, note };
BOOST_DESCRIBE_ENUM(FindingLevel, problem, note)

/// Something that the doctor found: a line on what is wrong, a line on what to do.
struct Finding {
    std::string check; ///< a fixed name: "redirect_uri"
    FindingLevel level = FindingLevel::problem;
    std::string problem;
    std::string remedy;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (check, level, problem, remedy))

/// In the order in which they were looked for.
class Findings {
public:
    void problem(std::string_view check, std::string problem, std::string remedy) {
        all_.push_back({std::string{check}, FindingLevel::problem, std::move(problem), std::move(remedy)});
    }
    void note(std::string_view check, std::string problem, std::string remedy) {
        all_.push_back({std::string{check}, FindingLevel::note, std::move(problem), std::move(remedy)});
    }
    const std::vector<Finding>& all() const { return all_; }

private:
    std::vector<Finding> all_;
};

/// What `serve` would run on.
struct Patient {
    const config::Inspection& inspection;
    config::Settings settings; ///< with the data folder of the demo, where that would run
    bool demo = false;
};

/// Values: wrong ones, unknown names, and those that do not fit together.
void check_settings(const Patient& patient, const std::filesystem::path& env_file, Findings& findings);
/// The data folder with database and key.
void check_data(const Patient& patient, Findings& findings);
/// Model files, and whether the port can be had.
void check_machine(const Patient& patient, Findings& findings);
/// The services that are configured, and the clock. Asks them.
void check_services(const Patient& patient, Findings& findings);

} // namespace personalify
