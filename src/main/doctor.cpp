#include "main/doctor.hpp"

#include "json/write.hpp"
#include "main/findings.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace personalify {

namespace {

struct Report {
    bool ok = false;
    std::vector<Finding> findings;
};
BOOST_DESCRIBE_STRUCT(Report, (), (ok, findings))

bool is_problem(const Finding& finding) {
    return finding.level == FindingLevel::problem;
}

void print_for_people(const std::vector<Finding>& findings) {
    const bool colours = ::isatty(STDOUT_FILENO) != 0;
    const char* const plain = colours ? "\033[0m" : "";
    for (const Finding& finding : findings) {
        const bool bad = is_problem(finding);
        const char* const colour = !colours ? "" : bad ? "\033[31m" : "\033[33m";
        std::printf("%s%s%s %s: %s\n", colour, bad ? "problem" : "note   ", plain, finding.check.c_str(),
                    finding.problem.c_str());
        std::printf("        %s\n", finding.remedy.c_str());
    }
    const auto problems = std::ranges::count_if(findings, is_problem);
    if (problems == 0) {
        std::printf("No problems found.\n");
    } else {
        std::printf("%td problem%s found.\n", problems, problems == 1 ? "" : "s");
    }
}

} // namespace

int doctor(const config::Sources& sources, const DoctorOptions& options) {
    const config::Inspection inspection = config::inspect(sources);
    Patient patient{.inspection = inspection, .settings = inspection.settings};
    patient.demo = patient.settings.demo || !patient.settings.has_spotify_app();
    if (patient.demo) {
        patient.settings.data_dir /= "demo";
    }
    Findings findings;
    check_settings(patient, sources.env_file, findings);
    check_data(patient, findings);
    check_machine(patient, findings);
    if (!options.offline && !patient.demo) { // the demo asks nobody
        check_services(patient, findings);
    }
    const bool ok = std::ranges::none_of(findings.all(), is_problem);
    if (options.json) {
        std::printf("%s\n", json::write(Report{ok, findings.all()}).c_str());
    } else {
        print_for_people(findings.all());
    }
    return ok ? 0 : 1;
}

} // namespace personalify
