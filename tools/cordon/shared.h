// SPDX-License-Identifier: Apache-2.0
//
// What several commands share: reading options, where grids are, the terminal.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "libgeo/base/dates.h"
#include "libgeo/geometry/crs.h"

namespace cordon {

// Values of options. Each throws UsageError with one message: option, value, what was expected. An empty value is an option that was not given.
std::optional<geo::Date> date_option(std::string_view option, const std::string& value);
std::optional<double> length_option(std::string_view option, const std::string& value);
unsigned threads_option(const std::string& value);

/// Where the OSTN15 grid is looked for: `--grids DIR`, CORDON_GRIDS, share/cordon/grids beside the program's folder, the build's own. `none`: nowhere.
geo::GridFolders grid_folders(const std::string& option);

/// Where standard input, output or error is closed, something takes its number that nothing can be written to: no file that is opened later may.
void hold_standard_streams();
/// Writes the answer to standard output and checks that it arrived. Throws EnvironmentError; ReaderGone where nobody reads it any more.
void print(std::string_view text);
/// A line on standard error; there is nobody to tell where that fails.
void say(std::string_view line);
/// Columns of the terminal, 80 to 120; 100 where there is none.
unsigned terminal_width();

/// A progress line on standard error, where that is a terminal; else nothing. Wipes its line when it goes.
class Progress {
  public:
    explicit Progress(bool wanted);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// Rows done and the share of the input read.
    std::function<void(std::uint64_t, double)> callback();

  private:
    void show(std::uint64_t rows, double share);
    bool on_;
    double began_ = 0, shown_ = 0;
    bool dirty_ = false;
};

/// The words on exit statuses that stand under every help; the second under those of commands that have --exit-code.
inline constexpr const char* kExitStatuses =
    "Exit status:\n"
    "  0  finished\n"
    "  2  the command line, the study or a policy is wrong\n"
    "  3  an input cannot be used, or an output cannot be written\n"
    "  4  finished but incomplete: rows that could change the answer were left out, and are listed\n";
inline constexpr const char* kExitStatusesAndBreach =
    "Exit status:\n"
    "  0  finished\n"
    "  1  finished and something breaches (only with --exit-code)\n"
    "  2  the command line, the study or a policy is wrong\n"
    "  3  an input cannot be used, or an output cannot be written\n"
    "  4  finished but incomplete: rows that could change the answer were left out, and are listed (goes before 1)\n";

}  // namespace cordon
