// SPDX-License-Identifier: Apache-2.0
//
// The commands of the README, as they stand there, each in the folder that the last one left.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/commands/run_command.h"

using namespace cordon_test;
namespace fs = std::filesystem;

namespace {

/// What follows `scripts/run` on each line of a block of shell commands; where there is nothing, no command.
std::vector<std::string> commands_in(const std::string& markdown) {
    std::vector<std::string> commands;
    std::istringstream lines(markdown);
    bool shell = false;
    const std::string program = "scripts/run ";
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) shell = line == "```sh";
        if (!shell || !line.starts_with(program)) continue;
        line.erase(0, program.size());
        line.erase(std::min(line.find('#'), line.size()));
        if (line.find_first_not_of(' ') != std::string::npos) commands.push_back(line);
    }
    return commands;
}

/// Words of a command line, as a shell parts them; `~` is the folder `home`.
std::vector<std::string> words_of(const std::string& command, const fs::path& home) {
    std::vector<std::string> words;
    bool quoted = false, within = false;
    for (const char c : command) {
        if (c == '"') quoted = !quoted;
        if (c == ' ' && !quoted) within = false;
        if (c == '"' || (c == ' ' && !quoted)) continue;
        if (!within) words.emplace_back();
        within = true;
        words.back() += c;
    }
    for (std::string& word : words) {
        if (word.starts_with("~/")) word = (home / word.substr(2)).string();
        if (word.starts_with("datasets/")) word = (fs::path(CORDON_SOURCE_DIR) / word).string();
    }
    return words;
}

}  // namespace

TEST_CASE("every command of the README runs as it stands there") {
    const Folder folder;
    fs::create_directory(folder / "our-borough");
    for (const char* file : {"applications.csv", "schools.gpkg", "parks.gpkg"})
        if (fs::exists(fernhill() / file)) fs::copy(fernhill() / file, folder / "our-borough");
    const std::vector<std::string> commands = commands_in(read_text(fs::path(CORDON_SOURCE_DIR) / "README.md"));
    REQUIRE(commands.size() > 12);
    for (const std::string& command : commands) {
#ifndef CORDON_HAS_WEBMAP
        if (command.starts_with("map ")) continue;
#endif
        const Ran ran = cordon(words_of(command, folder.path()), folder.path());
        // Proposals of the demonstration without a location leave nothing out that could hide a breach.
        CHECK_MESSAGE(ran.status == 0, command, ": ", ran.status, " ", ran.err);
        CHECK_MESSAGE(ran.err.empty(), command, ": ", ran.err);
    }
}
