// SPDX-License-Identifier: Apache-2.0
//
// Runs the built program and holds what it printed; folders that go away; answers compared with stored ones.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cordon_test {

struct Ran {
    int status = -1;  ///< exit status; 128 + signal where it was killed
    std::string out, err;
};

/// `cordon ARGUMENTS`, in the folder `in` (empty: the present one). Standard input is empty.
Ran cordon(const std::vector<std::string>& arguments, const std::filesystem::path& in = {});

/// A fresh folder, removed with its contents at the end.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    void write(const std::string& name, const std::string& text) const;
    /// Names of what is in it, sorted.
    std::vector<std::string> names() const;

  private:
    std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& path);

/// Whether `part` stands somewhere in `text`.
bool holds(const std::string& text, const std::string& part);

/// A row of a table: from column to cell.
using Row = std::map<std::string, std::string>;

/// Rows of a CSV; quotes understood, no line breaks in cells.
std::vector<Row> read_csv(const std::filesystem::path& path);

/// The folder of the demo study, and its file.
std::filesystem::path fernhill();
std::string fernhill_study();

/// Whether the OSTN15 grid is built here, without which coordinates differ by up to a metre or two; where it is not, the test says that it leaves something out.
bool grid_is_there();

/// `text` is what tests/commands/expected/NAME holds. With CORDON_UPDATE_EXPECTED set the file is written instead.
bool as_expected(const std::string& name, const std::string& text);

/// A study of one school, (0, 0)-(200, 100) from (655000, 250000), and three applications: 200 m away, 900 m away, without a location.
void write_small_study(const Folder& folder);

}  // namespace cordon_test
