// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/commands/run_command.h"

using namespace cordon_test;

TEST_CASE("init: a new folder gets an example that runs, and nothing is overwritten") {
    const Folder folder;
    const Ran init = cordon({"init", "mine"}, folder.path());
    CHECK(init.status == 0);
    const Ran check = cordon({"check", "mine/study.toml"}, folder.path());
    CHECK(check.status == 0);
    CHECK(check.err.empty());
    CHECK(as_expected("init-example.txt", check.out));
    const Ran again = cordon({"init", "mine"}, folder.path());
    CHECK(again.status == 2);
}

TEST_CASE("init: a council's own files become a study of at most 15 lines that can be inspected") {
    const Folder folder;
    for (const char* file : {"schools_gias.csv", "parks.gpkg", "wards.geojson", "applications_planit.csv"}) {
        std::filesystem::copy(fernhill() / file, folder.path());
    }
    const Ran init = cordon({"init", "."}, folder.path());
    REQUIRE_MESSAGE(init.status == 0, init.err);
    const std::string study = read_text(folder / "study.toml");
    CHECK_MESSAGE(std::count(study.begin(), study.end(), '\n') <= 15, study);
    for (const char* file : {"schools_gias.csv", "parks.gpkg", "wards.geojson", "applications_planit.csv"}) {
        CHECK_MESSAGE(study.find(file) != std::string::npos, study);
    }
    const Ran inspect = cordon({"inspect", "study.toml"}, folder.path());
    CHECK_MESSAGE(inspect.err.empty(), inspect.err);
    CHECK((inspect.status == 0 || inspect.status == 4));
}

TEST_CASE("policies: the catalogue, and one policy in plain words") {
    const Ran list = cordon({"policies"});
    CHECK(list.status == 0);
    CHECK(list.out.find("waltham-forest-hft-2009") != std::string::npos);
    const Ran one = cordon({"policies", "waltham-forest-hft-2009"});
    CHECK(one.status == 0);
    CHECK(one.out.find("400 m or less") != std::string::npos);
    CHECK(one.out.find("Not encoded") != std::string::npos);
}
