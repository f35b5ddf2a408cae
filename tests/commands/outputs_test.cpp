// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/commands/run_command.h"

using namespace cordon_test;

TEST_CASE("exit statuses: 0, 1 with --exit-code, 2, 3, 4 before 1") {
    const Folder folder;
    write_small_study(folder);
    CHECK(cordon({"check", "study.toml"}, folder.path()).status == 0);
    CHECK(cordon({"check", "study.toml", "--exit-code"}, folder.path()).status == 1);
    CHECK(cordon({"check", "stduy.toml"}, folder.path()).status == 2);
    CHECK(cordon({"check", "study.toml", "--out", "/dev/full"}, folder.path()).status == 3);
    // A school that is nowhere could hide a breach.
    folder.write("schools.csv", read_text(folder / "schools.csv") + "1002,Elm School,\n");
    const Ran incomplete = cordon({"check", "study.toml", "--exit-code"}, folder.path());
    CHECK(incomplete.status == 4);
    CHECK(holds(incomplete.out, "INCOMPLETE: 1 row that could hide a breach was left out: schools 1002"));
    // Where files were asked for, standard error says it.
    const Ran quiet = cordon({"check", "study.toml", "--out", "x.csv"}, folder.path());
    CHECK(quiet.status == 4);
    CHECK(quiet.out.empty());
    CHECK(holds(quiet.err, "INCOMPLETE"));
    CHECK(holds(read_text(folder / "x.provenance.json"), "\"complete\": false"));
}

TEST_CASE("a policy given on the command line is an input: nothing is written over it") {
    const Folder folder;
    write_small_study(folder);
    folder.write("policy.csv", read_text(folder / "policy.toml"));
    const Ran ran =
        cordon({"check", "study.toml", "--policy", "policy.csv", "--out", "policy.csv", "--force"}, folder.path());
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, "policy.csv: the run reads this file"));
    CHECK(read_text(folder / "policy.csv") == read_text(folder / "policy.toml"));
}

TEST_CASE("an answer goes to files: quiet, whole, with provenance beside those that cannot hold it") {
    const Folder folder;
    write_small_study(folder);
    const Ran ran = cordon({"check", "study.toml", "--out", "v.csv", "--out", "v.json", "--out", "v.geojson", "--out",
                            "v.gpkg", "--out", "w.fgb", "--findings", "f.csv", "--places", "p.csv"},
                           folder.path());
    CHECK(ran.status == 0);
    CHECK(ran.out.empty());
    CHECK(ran.err.empty());
    CHECK(folder.names() == std::vector<std::string>{"applications.csv", "f.csv", "f.provenance.json", "p.csv",
                                                     "p.provenance.json", "policy.toml", "schools.csv", "study.toml",
                                                     "v.csv", "v.geojson", "v.gpkg", "v.json", "v.provenance.json",
                                                     "w.fgb", "w.provenance.json"});
    CHECK(read_text(folder / "v.csv") ==
          "reference,name,use,as_at,x,y,verdict,outcome,rules_breached,rules_borderline,rules_unknown,triggered,"
          "nearest_layer,nearest_id,nearest_name,"
          "nearest_distance_m\n"
          "24/1,1 High Street,hot-food-takeaway,2026-04-01,655400.000,250050.000,breach,refuse,S1,,,,schools,1001,Ash "
          "School,200.000\n"
          "24/2,\"'=HYPERLINK(1)\",hot-food-takeaway,2026-04-01,656100.000,250050.000,clear,,,,,,schools,1001,Ash "
          "School,900.000\n"
          "24/3,3 High Street,hot-food-takeaway,2026-04-01,,,unknown,,,,S1,,,,,\n");
    const auto json = nlohmann::json::parse(read_text(folder / "v.json"));
    CHECK(json["study"] == "Small");
    CHECK(json["proposals"].size() == 3);
    CHECK(json["proposals"][0]["findings"][0]["measured"] == 200.0);
    CHECK(json["proposals"][0]["reason"] ==
          "200.0 m from the boundary of Ash School (schools 1001), limit 400 m: contrary to S1");
    CHECK(json["tally"]["verdicts"]["breach"] == 1);
    CHECK(json["complete"] == true);
    CHECK(json["provenance"]["policies"][0]["sha256"].get<std::string>().size() == 64);
    CHECK(json["provenance"]["files"].size() == 2);
    const auto beside = nlohmann::json::parse(read_text(folder / "v.provenance.json"));
    CHECK(beside["provenance"] == json["provenance"]);
    CHECK(beside["issues"] == json["issues"]);
}

TEST_CASE("GeoJSON is in longitude and latitude, and a proposal without a location has a null geometry") {
    const Folder folder;
    write_small_study(folder);
    CHECK(cordon({"check", "study.toml", "--out", "v.geojson"}, folder.path()).status == 0);
    const auto json = nlohmann::json::parse(read_text(folder / "v.geojson"));
    CHECK(json["type"] == "FeatureCollection");
    REQUIRE(json["features"].size() == 3);
    const auto& at = json["features"][0]["geometry"]["coordinates"];
    CHECK(at[0].get<double>() == doctest::Approx(1.72).epsilon(0.01));  // in the North Sea off Suffolk
    CHECK(at[1].get<double>() == doctest::Approx(52.09).epsilon(0.01));
    CHECK(json["features"][0]["properties"]["verdict"] == "breach");
    CHECK(json["features"][2]["geometry"].is_null());
}

TEST_CASE("an existing file is replaced only with --force, an input never") {
    const Folder folder;
    write_small_study(folder);
    folder.write("v.csv", "mine\n");
    const Ran refused = cordon({"check", "study.toml", "--out", "v.csv"}, folder.path());
    CHECK(refused.status == 2);
    CHECK(read_text(folder / "v.csv") == "mine\n");
    CHECK(folder.names().size() == 5);
    CHECK(cordon({"check", "study.toml", "--out", "v.csv", "--force"}, folder.path()).status == 0);
    CHECK(holds(read_text(folder / "v.csv"), "24/1"));
    const std::string schools = read_text(folder / "schools.csv");
    CHECK(cordon({"check", "study.toml", "--out", "schools.csv", "--force"}, folder.path()).status == 2);
    CHECK(cordon({"check", "study.toml", "--findings", "../" + folder.path().filename().string() + "/schools.csv",
                  "--force"},
                 folder.path())
              .status == 2);
    CHECK(read_text(folder / "schools.csv") == schools);
    CHECK(cordon({"check", "study.toml", "--out", "a.csv", "--out", "./a.csv"}, folder.path()).status == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "a.csv"));
}

TEST_CASE("when one output cannot be written, none is there") {
    const Folder folder;
    write_small_study(folder);
    const Ran ran =
        cordon({"check", "study.toml", "--out", "a.csv", "--out", "b.json", "--out", "/dev/full"}, folder.path());
    CHECK(ran.status == 3);
    CHECK(holds(ran.err, "No space left on device"));
    CHECK(folder.names().size() == 4);
    CHECK(cordon({"check", "study.toml", "--out", "a.csv", "--out", "nowhere/b.csv"}, folder.path()).status == 3);
    CHECK(folder.names().size() == 4);
}

TEST_CASE("a study, a policy or a file that is wrong: one message, and no output file") {
    const Folder folder;
    write_small_study(folder);
    const std::string study = read_text(folder / "study.toml");
    folder.write("study.toml", study + "tyop = 1\n");
    const Ran key = cordon({"check", "study.toml", "--out", "a.csv"}, folder.path());
    CHECK(key.status == 2);
    CHECK(holds(key.err, "study.toml:"));
    folder.write("study.toml", study);
    folder.write("schools.csv", "id,name,boundary\n1001,\"Ash School,POINT(1 1)\n");  // a quote that never closes
    const Ran data = cordon({"check", "study.toml", "--out", "a.csv"}, folder.path());
    CHECK(data.status == 3);
    CHECK(holds(data.err, "schools.csv"));
    CHECK(folder.names().size() == 4);
}

TEST_CASE("/dev/stdout: CSV on standard output and nothing else") {
    const Folder folder;
    write_small_study(folder);
    const Ran ran = cordon({"check", "study.toml", "--out", "/dev/stdout"}, folder.path());
    CHECK(ran.status == 0);
    CHECK(ran.out.rfind("reference,name,", 0) == 0);
    CHECK(std::count(ran.out.begin(), ran.out.end(), '\n') == 4);
    CHECK(folder.names().size() == 4);
}

TEST_CASE("--by-policy: one row a proposal and policy, with a column policy") {
    const Folder folder;
    write_small_study(folder);
    std::string draft = read_text(folder / "policy.toml");
    draft.replace(draft.find("\"small\""), 7, "\"draft\"");
    draft.replace(draft.find("adopted"), 7, "emerging");
    draft.replace(draft.find("400 m"), 5, "100 m");
    folder.write("draft.toml", draft);
    CHECK(cordon({"check", "study.toml", "--policy", "policy.toml", "--policy", "draft.toml", "--by-policy", "--out",
                  "v.csv"},
                 folder.path())
              .status == 0);
    const auto rows = read_csv(folder / "v.csv");
    REQUIRE(rows.size() == 6);
    CHECK(rows[0].at("policy") == "small");
    CHECK(rows[0].at("verdict") == "breach");
    CHECK(rows[0].at("rules_breached") == "small/S1");
    CHECK(rows[1].at("policy") == "draft");
    CHECK(rows[1].at("verdict") == "clear");
}

TEST_CASE("the same bytes for any number of threads, and twice") {
    const Folder folder;
    const std::string study = fernhill_study();
    for (const char* threads : {"1", "4"}) {
        const std::string name = std::string("t") + threads;
        CHECK(cordon({"check", study, "--threads", threads, "--out", name + ".csv", "--out", name + ".json", "--out",
                      name + ".geojson", "--out", name + ".gpkg", "--out", name + ".fgb", "--findings", name + "f.csv",
                      "--places", name + "p.csv"},
                     folder.path())
                  .status == 0);
    }
    for (const char* ending : {".csv", ".json", ".geojson", ".gpkg", ".fgb", "f.csv", "p.csv", ".provenance.json"}) {
        CHECK_MESSAGE(
            read_text(folder / ("t1" + std::string(ending))) == read_text(folder / ("t4" + std::string(ending))),
            ending);
    }
}
