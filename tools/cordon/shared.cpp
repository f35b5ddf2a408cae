// SPDX-License-Identifier: Apache-2.0
#include "tools/cordon/shared.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/units.h"

namespace cordon {
namespace {

namespace fs = std::filesystem;

constexpr double kLargestTie = 1.0;
constexpr unsigned kMostThreads = 1024;

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// fmt::print would throw where the terminal has gone.
void put_on_stderr(const std::string& text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));  // where it fails there is nobody to tell
    static_cast<void>(std::fflush(stderr));
}

// Beside the program as installed: bin/cordon, share/cordon/grids.
fs::path installed_grids() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : program.parent_path().parent_path() / "share" / "cordon" / "grids";
}

}  // namespace

std::optional<geo::Date> date_option(std::string_view option, const std::string& value) {
    if (value.empty()) return std::nullopt;
    const auto date = geo::parse_date(value, geo::DateFormat::iso);
    if (!date)
        throw geo::UsageError(fmt::format("{} {}: not a day of the calendar; expected a date such as 2026-04-01",
                                          option, geo::printable(value)));
    return date;
}

std::optional<double> length_option(std::string_view option, const std::string& value) {
    if (value.empty()) return std::nullopt;
    const auto length = geo::parse_length(value);
    if (!length || length->value > kLargestTie) {
        throw geo::UsageError(fmt::format("{} {}: not a distance from 0 to 1 m; expected such as `1 mm` or `0`", option,
                                          geo::printable(value)));
    }
    return length->value;
}

unsigned threads_option(const std::string& value) {
    if (value.empty()) return 0;
    unsigned threads = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), threads);
    if (error != std::errc() || end != value.data() + value.size() || threads < 1 || threads > kMostThreads) {
        throw geo::UsageError(
            fmt::format("--threads {}: expected a whole number from 1 to {}", geo::printable(value), kMostThreads));
    }
    return threads;
}

geo::GridFolders grid_folders(const std::string& option) {
    const char* variable = std::getenv("CORDON_GRIDS");
    const std::string from_environment = variable == nullptr ? "" : variable;
    if (option == "none" || (option.empty() && from_environment == "none")) return {};
    geo::GridFolders grids;
    std::error_code error;
    if (!option.empty()) {
        if (!fs::is_directory(option, error))
            throw geo::UsageError("--grids " + geo::printable(option) + ": no such folder");
        grids.folders.push_back(option);
    }
    for (const fs::path& folder : {fs::path(from_environment), installed_grids(), fs::path(CORDON_GRID_DIR)}) {
        if (!folder.empty() && fs::is_directory(folder, error)) grids.folders.push_back(folder.string());
    }
    return grids;
}

void print(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (written) return;
    const int error = errno;
    const std::string message = std::string("standard output: ") + std::strerror(error);
    if (error == EPIPE) throw geo::ReaderGone(message);
    throw geo::EnvironmentError(message);
}

void say(std::string_view line) { put_on_stderr(std::string(line) + "\n"); }

void hold_standard_streams() {
    for (const int handle : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(handle, F_GETFD) != -1 || errno != EBADF) continue;
        ::open("/dev/null", handle == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // gets the lowest number that is free
    }
}

unsigned terminal_width() {
    winsize size{};
    if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
    return std::clamp<unsigned>(size.ws_col, 80, 120);
}

Progress::Progress(bool wanted) : on_(wanted && ::isatty(STDERR_FILENO) != 0), began_(seconds_now()), shown_(began_) {}

Progress::~Progress() {
    if (dirty_) put_on_stderr(fmt::format("\r{:78}\r", ""));
}

std::function<void(std::uint64_t, double)> Progress::callback() {
    if (!on_) return {};
    return [this](std::uint64_t rows, double share) { show(rows, share); };
}

void Progress::show(std::uint64_t rows, double share) {
    const double now = seconds_now();
    if (now - shown_ < 0.25) return;
    shown_ = now;
    const double elapsed = now - began_;
    std::string line = fmt::format("{} rows, {}/s", geo::grouped(rows),
                                   geo::grouped(static_cast<std::uint64_t>(static_cast<double>(rows) / elapsed)));
    if (share > 0.01 && share < 1.0)
        line += fmt::format(", {:.0f} %, {:.0f} s left", share * 100.0, elapsed / share * (1.0 - share));
    put_on_stderr(fmt::format("\r{:78}", line));
    dirty_ = true;
}

}  // namespace cordon
