// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/temporaries.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <deque>
#include <mutex>
#include <string>

#include "libgeo/sources/output.h"

namespace geo {

namespace {

constexpr std::array kEndings = {"", "-journal", "-wal", "-shm"};
using Names = std::array<std::string, kEndings.size()>;

Names names_of(const std::filesystem::path& path) {
    Names names;
    for (std::size_t i = 0; i < kEndings.size(); ++i) names[i] = path.string() + kEndings[i];
    return names;
}

std::mutex guard;
/// Never freed while the program runs: a signal may be reading them.
std::deque<Names>& kept_names() {
    static auto* const names = new std::deque<Names>;
    return *names;
}
std::array<std::atomic<const Names*>, 250> noted{};

void remove_all(const Names& names) {
    for (const std::string& name : names) ::unlink(name.c_str());
}

/// Only what POSIX allows in a handler: loads, unlink, raise.
extern "C" void end_by_signal(int number) {
    for (const auto& slot : noted) {
        if (const Names* names = slot.load(std::memory_order_acquire)) remove_all(*names);
    }
    static_cast<void>(::raise(number));  // the default action is back by now: the parent sees which signal it was
}

}  // namespace

std::size_t note_temporary(const std::filesystem::path& path) {
    const std::lock_guard lock(guard);
    for (std::size_t i = 0; i < noted.size(); ++i) {
        if (noted[i].load(std::memory_order_relaxed) != nullptr) continue;
        noted[i].store(&kept_names().emplace_back(names_of(path)), std::memory_order_release);
        return i;
    }
    return noted.size();
}

void forget_temporary(std::size_t i) {
    if (i < noted.size()) noted[i].store(nullptr, std::memory_order_release);
}

void remove_temporary(const std::filesystem::path& path) { remove_all(names_of(path)); }

void remove_temporaries_on_signals() {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGXCPU}) {
        struct sigaction before {};
        // Who began us may have switched it off (nohup).
        if (::sigaction(number, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) continue;
        struct sigaction action {};
        action.sa_handler = end_by_signal;
        action.sa_flags = SA_RESETHAND | SA_NODEFER;
        ::sigaction(number, &action, nullptr);
    }
}

}  // namespace geo
