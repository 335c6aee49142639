#include "main/emotion_engine.hpp"
#include "main/findings.hpp"
#include "main/model_verify.hpp"
#include "storage/sqlite/health.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace personalify {

namespace {

void check_model(const config::Settings& settings, Findings& findings) {
    constexpr std::string_view check = "model";
    constexpr const char* remedy = "Get the files whole again (git checkout models, or install anew), or set "
                                   "MODELS_DIR to where they are.";
    const Result<nlp::Artefact> artefact = nlp::read_artefact(models_dir(settings) / "emotions");
    if (!artefact) {
        findings.problem(check, "The emotion model can't be used: " + artefact.error().cause + ".", remedy);
        return;
    }
    for (const std::string& fault : faults_of_model(*artefact)) {
        findings.problem(check, "A file of the emotion model is not as it was made: " + fault + ".", remedy);
    }
    std::error_code unknown;
    if (!settings.slang_file.empty() && !std::filesystem::is_regular_file(settings.slang_file, unknown)) {
        findings.problem("slang_file", "SLANG_FILE=" + settings.slang_file.string() + " is no file.",
                         "Name an existing file, or unset SLANG_FILE.");
    }
}

void check_port(const Patient& patient, Findings& findings) {
    using asio::ip::tcp;
    const config::Settings& settings = patient.settings;
    if (settings.port == 0 || storage::is_in_use(settings.data_dir)) { // it is Personalify that listens there
        return;
    }
    asio::io_context loop;
    tcp::acceptor acceptor{loop};
    boost::system::error_code failure;
    const auto address = asio::ip::make_address(settings.listen_address, failure);
    if (!failure) {
        acceptor.open(address.is_v6() ? tcp::v6() : tcp::v4(), failure);
    }
    if (!failure) {
        acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
        acceptor.bind({address, settings.port}, failure);
    }
    if (!failure) {
        acceptor.listen(1, failure);
    }
    if (failure) {
        const std::string where = settings.listen_address + " port " + std::to_string(settings.port);
        findings.problem("port", "Nothing can listen on " + where + ": " + failure.message() + ".",
                         "Stop what listens there, or set another PORT or LISTEN (ports below 1024 need a "
                         "privilege).");
    }
}

} // namespace

void check_machine(const Patient& patient, Findings& findings) {
    check_model(patient.settings, findings);
    check_port(patient, findings);
}

} // namespace personalify
