#include "main/passphrase.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <termios.h>

namespace personalify {

namespace {

constexpr std::size_t shortest = 12;
constexpr int longest = 1024;

/// While it lives, what is typed is not shown.
class NoEcho {
public:
    explicit NoEcho(int terminal)
        : terminal_(terminal) {
        if (::tcgetattr(terminal_, &before_) == 0) {
            termios silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
        }
    }
    ~NoEcho() {
        if (changed_) {
            ::tcsetattr(terminal_, TCSAFLUSH, &before_);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    int terminal_;
    termios before_{};
    bool changed_ = false;
};

void drop_line_end(std::string& line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) {
        line.pop_back();
    }
}

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::string ask(const File& in, const File& out, const char* question) {
    const NoEcho silence{::fileno(in.get())}; // before the question: somebody may type ahead
    std::fputs(question, out.get());
    std::fflush(out.get());
    std::string line(longest, '\0');
    if (std::fgets(line.data(), longest, in.get()) == nullptr) {
        line.clear();
    }
    std::fputs("\n", out.get());
    std::fflush(out.get());
    line.resize(std::min(line.size(), line.find('\0')));
    drop_line_end(line);
    return line;
}

Result<std::string> ask_terminal(bool twice) {
    const File in{std::fopen("/dev/tty", "re")};
    const File out{std::fopen("/dev/tty", "we")};
    if (!in || !out) {
        return fail(Errc::invalid_argument,
                    "there is no terminal to ask for the passphrase: use --passphrase-file");
    }
    std::string passphrase = ask(in, out, "Passphrase: ");
    if (twice && ask(in, out, "The same again: ") != passphrase) {
        return fail(Errc::invalid_argument, "the two passphrases differ");
    }
    return passphrase;
}

} // namespace

Result<std::string> read_passphrase(const std::filesystem::path& file, bool twice) {
    std::string passphrase;
    if (file.empty()) {
        Result<std::string> asked = ask_terminal(twice);
        if (!asked) {
            return asked;
        }
        passphrase = std::move(*asked);
    } else {
        std::ifstream in(file);
        if (!in || !std::getline(in, passphrase)) {
            return fail(Errc::invalid_argument, "cannot read a passphrase from " + file.string());
        }
        drop_line_end(passphrase);
    }
    if (passphrase.size() < shortest) {
        return fail(Errc::invalid_argument, "the passphrase is shorter than 12 bytes");
    }
    return passphrase;
}

} // namespace personalify
