// SPDX-License-Identifier: Apache-2.0
#include "tests/commands/run_command.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace cordon_test {

namespace fs = std::filesystem;

namespace {

void redirect(const fs::path& file, int to, int flags) {
    const int from = ::open(file.c_str(), flags, 0600);
    if (from < 0 || ::dup2(from, to) < 0) ::_exit(126);
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            if (quoted && i + 1 < line.size() && line[i + 1] == '"')
                cells.back() += line[i++];
            else
                quoted = !quoted;
        } else if (line[i] == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

}  // namespace

Ran cordon(const std::vector<std::string>& arguments, const fs::path& in) {
    const Folder folder;
    const fs::path out = folder / "out", err = folder / "err";
    std::vector<std::string> words = {CORDON_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        if (!in.empty() && ::chdir(in.c_str()) != 0) ::_exit(126);
        redirect("/dev/null", STDIN_FILENO, O_RDONLY);
        redirect(out, STDOUT_FILENO, O_WRONLY | O_CREAT | O_TRUNC);
        redirect(err, STDERR_FILENO, O_WRONLY | O_CREAT | O_TRUNC);
        ::execv(CORDON_PROGRAM, argv.data());
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("cannot run " CORDON_PROGRAM);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_text(out), read_text(err)};
}

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "cordon-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder for a test");
    path_ = name;
}

Folder::~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
}

void Folder::write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
}

std::vector<std::string> Folder::names() const {
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::string read_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Row> read_csv(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    std::getline(file, line);
    const std::vector<std::string> names = cells_of(line);
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        const std::vector<std::string> cells = cells_of(line);
        REQUIRE_MESSAGE(cells.size() == names.size(), path.filename().string(), ": ", line);
        Row& row = rows.emplace_back();
        for (std::size_t k = 0; k < names.size(); ++k) row[names[k]] = cells[k];
    }
    return rows;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

fs::path fernhill() { return fs::path(CORDON_SOURCE_DIR) / "datasets" / "fernhill"; }

std::string fernhill_study() { return (fernhill() / "study.toml").string(); }

bool grid_is_there() {
    if (fs::exists(fs::path(CORDON_GRID_DIR) / "uk_os_OSTN15_NTv2_OSGBtoETRS.tif")) return true;
    MESSAGE("skipped: the OSTN15 grid is not built here");
    return false;
}

bool as_expected(const std::string& name, const std::string& text) {
    const fs::path path = fs::path(CORDON_SOURCE_DIR) / "tests" / "commands" / "expected" / name;
    if (std::getenv("CORDON_UPDATE_EXPECTED") != nullptr) {
        std::ofstream(path, std::ios::binary) << text;
        return true;
    }
    const std::string expected = read_text(path);
    if (text == expected) return true;
    const auto [got, wanted] = std::mismatch(text.begin(), text.end(), expected.begin(), expected.end());
    const auto line = 1 + std::count(text.begin(), got, '\n');
    MESSAGE("differs from expected/", name, " in line ", line, "; CORDON_UPDATE_EXPECTED=1 writes it anew. Printed:\n",
            text);
    return false;
}

void write_small_study(const Folder& folder) {
    folder.write("study.toml", R"([study]
title = "Small"
crs = "EPSG:27700"
as-at = 2026-04-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", wkt = "boundary" }
accuracy = "0 m"

[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
columns = { reference = "reference", name = "address", x = "easting", y = "northing", use = "use" }
accuracy = "0 m"
)");
    folder.write("policy.toml", R"([policy]
id = "small"
title = "Small policy"
authority = "Small Council"
kind = "spd"
status = "adopted"
in-force = { from = 2020-01-01 }
applies-to = ["hot-food-takeaway"]
source = "SPD"

[[rule]]
id = "S1"
cite = "S1"
distance = { to = ["schools"], from = "boundary", by = "straight-line" }
breach = "<= 400 m"
outcome = "refuse"
)");
    folder.write(
        "schools.csv",
        "id,name,boundary\n"
        "1001,Ash School,\"POLYGON((655000 250000, 655200 250000, 655200 250100, 655000 250100, 655000 250000))\"\n");
    folder.write("applications.csv",
                 "reference,address,easting,northing,use\n"
                 "24/1,1 High Street,655400,250050,Sui Generis (hot food takeaway)\n"
                 "24/2,=HYPERLINK(1),656100,250050,Sui Generis (hot food takeaway)\n"
                 "24/3,3 High Street,,,Sui Generis (hot food takeaway)\n");
}

}  // namespace cordon_test

TEST_CASE("the program that the tests run is there") { CHECK(cordon_test::cordon({"--version"}).status == 0); }
