// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/chromium_pdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

// POSIX has it declared by the program itself.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace geo {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::array<std::string_view, 4> kNames = {"chromium", "chromium-browser", "google-chrome",
                                                    "google-chrome-stable"};
constexpr std::chrono::seconds kLongest{60};
constexpr std::string_view kInstall =
    "install Chromium (Debian and Ubuntu: `apt-get install chromium`), or name it by CORDON_CHROMIUM";

bool can_run(const fs::path& path) {
    std::error_code error;
    return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

std::optional<fs::path> on_path(std::string_view name) {
    const char* const path = std::getenv("PATH");
    std::string_view left = path == nullptr ? std::string_view() : std::string_view(path);
    while (!left.empty()) {
        const std::size_t end = std::min(left.find(':'), left.size());
        const fs::path candidate = fs::path(left.substr(0, end)) / name;
        if (end > 0 && can_run(candidate)) return candidate;
        left.remove_prefix(std::min(left.size(), end + 1));
    }
    return std::nullopt;
}

std::vector<char*> pointers(std::vector<std::string>& list) {
    std::vector<char*> out;
    for (std::string& text : list) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

/// Begins a program as the head of a group of processes of its own; 0, or what went wrong. `in`: its standard input; `log`: what it says goes there.
int begin(pid_t& process, std::vector<std::string> words, std::vector<std::string> environment, int in,
          const std::string& log) {
    const std::vector<char*> argv = pointers(words), envp = pointers(environment);
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    ::posix_spawn_file_actions_init(&files);
    if (in < 0)
        ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    else
        ::posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    const int fault = ::posix_spawn(&process, words.front().c_str(), &files, &attributes, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
    if (fault != 0) process = -1;
    return fault;
}

std::vector<std::string> own_environment() {
    std::vector<std::string> list;
    for (char** entry = environ; *entry != nullptr; ++entry) list.emplace_back(*entry);
    return list;
}

/// Stands beside this program while it has a browser. However the program ends (Ctrl-C, a closed terminal, killed outright), its end of the line between them
/// closes; the keeper then ends the browser and removes the folder. Without a shell there is none, and only a program that ends by itself clears up.
class Keeper {
  public:
    explicit Keeper(const fs::path& folder) {
        std::array<int, 2> line{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line.data()) != 0) return;
        static_cast<void>(begin(process_, {"/bin/sh", "-c", kWatch, "cordon-pdf", folder.string()}, own_environment(),
                                line[1], "/dev/null"));
        ::close(line[1]);
        line_ = line[0];
    }
    ~Keeper() {
        tell("done");
        if (line_ >= 0) ::close(line_);
        if (process_ > 0) ::waitpid(process_, nullptr, 0);
    }
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    /// Which group of processes is to end with this program; 0: none.
    void mind(pid_t group) const { tell(group > 0 ? std::to_string(group) : std::string()); }

  private:
    static constexpr const char* kWatch =
        "trap '' HUP INT TERM; group=\n"
        "while read -r said; do [ \"$said\" = done ] && exit 0; group=$said; done\n"
        "[ -n \"$group\" ] && kill -s KILL -- \"-$group\"\n"
        "for try in 1 2 3 4 5; do rm -rf -- \"$1\" && exit 0; sleep 1; done\n";

    void tell(std::string text) const {
        text += '\n';
        if (line_ >= 0) static_cast<void>(::send(line_, text.data(), text.size(), MSG_NOSIGNAL));
    }

    pid_t process_ = -1;
    int line_ = -1;
};

/// A folder of our own that goes with all that the browser left in it.
class Scratch {
  public:
    Scratch() {
        std::error_code error;
        const fs::path base = fs::temp_directory_path(error);
        std::string name = ((error ? fs::path("/tmp") : base) / "cordon-pdf-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw EnvironmentError(fmt::format("no temporary folder for making a PDF in {}: {}",
                                               printable(fs::path(name).parent_path().string(), 200),
                                               std::generic_category().message(errno)));
        }
        path_ = name;
        keeper_.emplace(path_);
    }
    ~Scratch() {
        // A helper of the browser may still be writing as it ends.
        for (int i = 0; i < 20; ++i) {
            std::error_code error;
            fs::remove_all(path_, error);
            if (!error) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path operator/(std::string_view name) const { return path_ / name; }
    const Keeper& keeper() const { return *keeper_; }

  private:
    fs::path path_;
    std::optional<Keeper> keeper_;  // is told to leave when the folder is gone
};

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw EnvironmentError(printable(path.string(), 300) + ": cannot be written (for making a PDF)");
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> arguments(const fs::path& chromium, const Scratch& scratch) {
    std::vector<std::string> list = {chromium.string(),
                                     "--headless",
                                     "--disable-gpu",
                                     "--disable-dev-shm-usage",
                                     "--no-first-run",
                                     "--no-default-browser-check",
                                     "--disable-extensions",
                                     "--disable-sync",
                                     "--disable-background-networking",
                                     "--disable-component-update",
                                     "--disable-default-apps",
                                     "--disable-breakpad",
                                     "--disable-javascript",
                                     "--host-resolver-rules=MAP * ~NOTFOUND",
                                     "--proxy-server=127.0.0.1:9",
                                     "--user-data-dir=" + (scratch / "profile").string(),
                                     "--no-pdf-header-footer",
                                     "--export-tagged-pdf",
                                     "--generate-pdf-document-outline",
                                     "--print-to-pdf=" + (scratch / "page.pdf").string()};
    // Its sandbox cannot be set up by root; the page is our own, has no script and may load nothing.
    if (::geteuid() == 0) list.emplace_back("--no-sandbox");
    list.push_back("file://" + (scratch / "page.html").string());
    return list;
}

/// The environment with a home of its own: nothing is read from or left in the user's.
std::vector<std::string> surroundings(const Scratch& scratch) {
    constexpr std::array<std::string_view, 8> own = {
        "HOME=", "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "TMPDIR=",
        "TZ=",   "LC_ALL=",          "LANG=",           "DBUS_SESSION_BUS_ADDRESS="};
    std::vector<std::string> list = own_environment();
    std::erase_if(list, [&](const std::string& text) {
        return std::any_of(own.begin(), own.end(), [&](std::string_view name) { return text.starts_with(name); });
    });
    list.push_back("HOME=" + (scratch / "home").string());
    list.push_back("TMPDIR=" + (scratch / "home").string());
    list.emplace_back("TZ=UTC");
    list.emplace_back("LC_ALL=C.UTF-8");
    list.emplace_back("DBUS_SESSION_BUS_ADDRESS=disabled:");
    return list;
}

/// The browser and its helpers are a group of processes of their own, which ends as one.
class Browser {
  public:
    Browser(const fs::path& chromium, const Scratch& scratch) : keeper_(scratch.keeper()) {
        const int fault =
            begin(process_, arguments(chromium, scratch), surroundings(scratch), -1, (scratch / "log").string());
        if (fault != 0)
            throw EnvironmentError(fmt::format("{}: cannot be run: {}", printable(chromium.string(), 200),
                                               std::generic_category().message(fault)));
        keeper_.mind(process_);
    }
    ~Browser() {
        if (process_ <= 0) return;
        ::kill(-process_, SIGKILL);
        if (!ended_) ::waitpid(process_, nullptr, 0);
        keeper_.mind(0);
    }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    /// True where it ended well within the time.
    bool ends_well() {
        const Clock::time_point until = Clock::now() + kLongest;
        int status = 0;
        while (Clock::now() < until) {
            const pid_t done = ::waitpid(process_, &status, WNOHANG);
            if (done == process_) {
                ended_ = true;
                return WIFEXITED(status) && WEXITSTATUS(status) == 0;
            }
            if (done < 0 && errno != EINTR) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

  private:
    const Keeper& keeper_;
    pid_t process_ = -1;
    bool ended_ = false;
};

/// `/CreationDate (D:20260101…)` of the file's information becomes blanks of the same length: an entry less, and no offset moves. The text stands once, outside
/// any stream; where it does not, the file is left as it is.
void blank_date(std::string& pdf, std::string_view name) {
    const std::string key = fmt::format("/{} (D:", name);
    const std::size_t at = pdf.find(key);
    if (at == std::string::npos || pdf.find(key, at + 1) != std::string::npos) return;
    const std::size_t end = pdf.find(')', at);
    if (end == std::string::npos || end - at > key.size() + 24) return;
    std::fill(pdf.begin() + static_cast<std::ptrdiff_t>(at), pdf.begin() + static_cast<std::ptrdiff_t>(end) + 1, ' ');
}

}  // namespace

std::optional<fs::path> find_chromium() {
    if (const char* const named = std::getenv("CORDON_CHROMIUM"); named != nullptr && *named != '\0') {
        if (std::string_view(named) == "none") return std::nullopt;
        if (can_run(named)) return fs::path(named);
        throw EnvironmentError(fmt::format(
            "CORDON_CHROMIUM names {}, which cannot be run; name a Chromium, or unset it", printable(named, 300)));
    }
    for (const std::string_view name : kNames) {
        if (auto found = on_path(name)) return found;
    }
    return std::nullopt;
}

fs::path need_chromium(const fs::path& wanted) {
    if (auto found = find_chromium()) return *found;
    throw EnvironmentError(fmt::format("{}: a PDF is printed by Chromium, and there is none; {}; or ask for .html",
                                       printable(wanted.string(), 300), kInstall));
}

std::string without_chromium() {
    return fmt::format("no PDF was made: there is no Chromium to print it; {}", kInstall);
}

std::string pdf_of_page(const std::string& html, const fs::path& chromium) {
    const Scratch scratch;
    fs::create_directories(scratch / "home");
    write_file(scratch / "page.html", html);
    bool well = false;
    {
        Browser browser(chromium, scratch);
        well = browser.ends_well();
    }
    std::string pdf = read_file(scratch / "page.pdf");
    if (!well || !pdf.starts_with("%PDF-") || pdf.rfind("%%EOF") == std::string::npos) {
        const std::string log = read_file(scratch / "log");
        throw EnvironmentError(fmt::format("{} made no PDF; it said: {}", printable(chromium.string(), 200),
                                           log.empty() ? "nothing" : printable(trimmed(log), 400)));
    }
    blank_date(pdf, "CreationDate");
    blank_date(pdf, "ModDate");
    return pdf;
}

}  // namespace geo
