// SPDX-License-Identifier: Apache-2.0
//
// The demo study: every verdict and every finding is compared with what its generator worked out apart from the engine.
#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>
#include <tuple>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

/// The same place at the same distance, to 2 mm; nothing measured on either side where no walk is known.
bool same_distance(const Row& got, const Row& expected) {
    const std::string &measured = got.at("measured"), &distance = expected.at("distance_m");
    if (measured.empty() || distance.empty()) return measured.empty() && distance.empty();
    return got.at("place_id") == expected.at("place_id") && std::abs(std::stod(measured) - std::stod(distance)) < 0.002;
}

}  // namespace

TEST_CASE("Fernhill: the verdict of each application") {
    const Folder folder;
    const Ran ran = cordon({"check", fernhill_study(), "--out", "v.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    std::map<std::string, Row> verdicts;
    for (auto& row : read_csv(folder / "v.csv")) verdicts[row.at("reference")] = row;
    const auto expected = read_csv(fernhill() / "expected.csv");
    CHECK(expected.size() >= 190);
    for (const auto& row : expected) {
        const auto found = verdicts.find(row.at("reference"));
        REQUIRE_MESSAGE(found != verdicts.end(), row.at("reference"));
        CHECK_MESSAGE(found->second.at("verdict") == row.at("verdict"), row.at("reference"), ": ", row.at("shows"));
        CHECK_MESSAGE(found->second.at("as_at") == row.at("as_at"), row.at("reference"));
        CHECK_MESSAGE(found->second.at("triggered") == row.at("triggered"), row.at("reference"));
    }
}

TEST_CASE("Fernhill: each finding: nearest place, distance to 2 mm, straight or on foot, result, plain comparison") {
    const Folder folder;
    REQUIRE(cordon({"check", fernhill_study(), "--findings", "f.csv"}, folder.path()).status == 0);
    std::multimap<std::tuple<std::string, std::string, std::string>, Row> findings;
    for (auto& row : read_csv(folder / "f.csv")) {
        auto key = std::make_tuple(row.at("reference"), row.at("rule"), row.at("layer"));
        findings.emplace(std::move(key), std::move(row));
    }
    const auto expected = read_csv(fernhill() / "expected_findings.csv");
    CHECK(expected.size() >= 600);
    for (const auto& row : expected) {
        const auto [begin, end] =
            findings.equal_range(std::make_tuple(row.at("reference"), row.at("rule"), row.at("layer")));
        bool same = false;
        for (auto one = begin; one != end; ++one) {
            const auto& got = one->second;
            same = same || (got.at("result") == row.at("result") && got.at("plain") == row.at("plain") &&
                            same_distance(got, row));
        }
        CHECK_MESSAGE(same, row.at("reference"), " ", row.at("rule"), " ", row.at("layer"), " ", row.at("place_id"),
                      " ", row.at("distance_m"));
    }
}

TEST_CASE("Fernhill: across the railway the walk decides, where a straight line would have said otherwise") {
    const Folder folder;
    const auto verdicts_of = [&](const std::string& study) {
        const Ran ran = cordon({"check", study, "--out", "v.csv", "--force"}, folder.path());
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
        std::map<std::string, std::string> verdicts;
        for (const auto& row : read_csv(folder / "v.csv")) verdicts[row.at("reference")] = row.at("verdict");
        return verdicts;
    };
    std::map<std::string, std::string> planted;
    for (const auto& row : read_csv(fernhill() / "expected.csv")) planted[row.at("planted")] = row.at("reference");
    // The same study and the same rules, but "walking" reads "straight-line".
    for (const auto& entry : std::filesystem::recursive_directory_iterator(fernhill())) {
        const auto to = folder / std::filesystem::relative(entry.path(), fernhill()).string();
        if (entry.is_directory()) std::filesystem::create_directories(to);
        if (entry.is_regular_file()) std::filesystem::copy_file(entry.path(), to);
    }
    const std::string policy = "policies/fernhill-2026-on-foot.toml";
    std::string text = read_text(folder / policy);
    const std::size_t at = text.find("\"walking\"");
    REQUIRE(at != std::string::npos);
    folder.write(policy, text.replace(at, 9, "\"straight-line\""));
    const auto walked = verdicts_of((fernhill() / "study.toml").string()), straight = verdicts_of("study.toml");
    CHECK(walked.at(planted.at("walk-railway")) == "clear");
    CHECK(straight.at(planted.at("walk-railway")) == "breach");
    CHECK(walked.at(planted.at("walk-same-side")) == "breach");
    CHECK(straight.at(planted.at("walk-same-side")) == "breach");
    CHECK(walked.at(planted.at("walk-round")) == "clear");
    CHECK(straight.at(planted.at("walk-round")) == "breach");
}

TEST_CASE("Fernhill: the first table that a clone prints holds one of each result, with its reason") {
    const Ran ran = cordon({"check", fernhill_study()});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    for (const char* result : {"  breach  ", "  borderline  ", "  unknown  ", "  exempt  ", "  clear  ",
                               "  not-applicable  ", "    triggered: "}) {
        CHECK_MESSAGE(ran.out.find(result) != std::string::npos, result);
    }
    CHECK(ran.out.find("refuse") == std::string::npos);
    if (grid_is_there()) CHECK(as_expected("fernhill.txt", ran.out));
}

TEST_CASE("Fernhill: --at by easting and northing, latitude and longitude, grid reference, postcode") {
    const std::string study = fernhill_study();
    const Ran projected = cordon({"check", study, "--at", "657600,256050"});
    CHECK(projected.status == 0);
    if (grid_is_there()) CHECK(as_expected("fernhill-at.txt", projected.out));
    const Ran reference = cordon({"check", study, "--at", "TM 57600 56050"});
    CHECK(reference.status == 0);
    CHECK(reference.out.find("easting 657600.500, northing 256050.500") != std::string::npos);
    const Ran postcode = cordon({"check", study, "--at", "fh6 1ef"});
    CHECK(postcode.status == 0);
    CHECK(postcode.out.find("postcode FH6 1EF, from postcodes.csv") != std::string::npos);
    const Ran unknown = cordon({"check", study, "--at", "ZZ1 1ZZ"});
    CHECK(unknown.status == 2);
    CHECK(unknown.err.find("ZZ1 1ZZ") != std::string::npos);
}

TEST_CASE("Fernhill: inspect says of each layer what was read") {
    const Ran ran = cordon({"inspect", fernhill_study()});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out.find("schools.gpkg: 61 rows read, 61 used") != std::string::npos);
    if (grid_is_there()) CHECK(as_expected("fernhill-inspect.txt", ran.out));
}
