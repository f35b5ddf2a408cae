// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/recognise.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;

namespace {

const std::string kGias =
    "URN,LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus "
    "(name),OpenDate,CloseDate,PhaseOfEducation (name),"
    "StatutoryLowAge,StatutoryHighAge,Postcode,Easting,Northing\n100,X,1,Ash,Community,Open,01-09-1990,,Primary,5,11,"
    "LE1 1AA,430000,300000\n";
const std::string kWards =
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"WD25CD\":\"E1\",\"WD25NM\":"
    "\"West\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[-1.5,52.5],[-1.6,52.5],[-1.6,52.6],[-1.5,52.5]]]}}]}";

std::string all(const std::vector<std::string>& remarks) {
    std::string out;
    for (const std::string& remark : remarks) out += remark + "\n";
    return out;
}

}  // namespace

TEST_CASE("a council's folder becomes a study of at most 15 lines that loads") {
    test::Folder folder;
    folder.write("edubase.csv", kGias);
    folder.write("wards_2025.geojson", kWards);
    folder.write("planning applications.csv",
                 "ref,easting,northing,use_class,decided\n24/1,430100,300000,A5,2024-01-05\n");
    folder.write("community_centres.geojson",
                 "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"C1\"},"
                 "\"geometry\":{\"type\":\"Point\",\"coordinates\":[-1.55,52.55]}}]}");
    folder.write("school_gates.csv", "id,x,y\n1,2,3\n");
    folder.write("holiday.csv", "a,b\n1,2\n");
    folder.write("notes.txt", "nothing\n");
    std::vector<std::string> remarks;
    const auto path = write_study(folder.path(), "", remarks);
    std::ifstream in(path);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    CAPTURE(text);
    CHECK(std::count(text.begin(), text.end(), '\n') <= 15);
    CHECK(has(all(remarks), "edubase.csv: schools, Get Information about Schools"));
    CHECK(has(all(remarks), "holiday.csv: left out"));
    CHECK(has(all(remarks), "school_gates.csv: left out"));
    const Study study = read_study(path);
    CHECK(study.layer_names() == std::vector<std::string>{"applications", "schools", "wards", "community-centres"});
    CHECK(study.area_layer == "wards");
    Issues issues;
    const Layers layers = load_layers(study, test::options(), issues);
    CHECK(layers.place_layer("schools")->kind[0] == "primary");
    ProposalReader reader(study, test::options(), issues);
    const ProposalBatch batch = reader.decode(reader.next());
    CHECK(batch.reference[0] == "24/1");
    CHECK(batch.use[0] == Use::hot_food_takeaway);
}

TEST_CASE("nothing is overwritten") {
    test::Folder folder;
    folder.write("edubase.csv", kGias);
    folder.write("study.toml", "mine");
    std::vector<std::string> remarks;
    CHECK(has(message_of([&] { write_study(folder.path(), "", remarks); }), "not overwritten"));
    std::ifstream in(folder.path() / "study.toml");
    CHECK(std::string((std::istreambuf_iterator<char>(in)), {}) == "mine");
}

TEST_CASE("an empty folder gets a form to fill in, which is a sound study") {
    test::Folder folder;
    std::vector<std::string> remarks;
    const auto path = write_study(folder.path() / "new", "waltham-forest-hft-2009", remarks);
    const Study study = read_study(path);
    CHECK(study.layers.empty());
    CHECK(study.policies.at(0).written == "waltham-forest-hft-2009");
}

TEST_CASE("nothing recognised is said: a broken file is a remark") {
    test::Folder folder;
    folder.write("holiday.csv", "a,b\n1,2\n");
    CHECK(has(message_of([&] { compose_study(folder.path(), ""); }), "no data file is recognised"));
    folder.write("edubase.csv", kGias);
    folder.write("parks.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"ty");
    const ComposedStudy study = compose_study(folder.path(), "");
    CHECK(has(all(study.remarks), "left out: parks.geojson"));
    CHECK(has(message_of([&] { compose_study(folder.path() / "none", ""); }), "no folder"));
}

TEST_CASE("registers with a date in their names are snapshots") {
    test::Folder folder;
    const std::string fhrs =
        "FHRSID,LocalAuthorityBusinessID,BusinessName,BusinessType,BusinessTypeID,PostCode,RatingValue,RatingDate,"
        "LocalAuthorityCode,LocalAuthorityName,Longitude,Latitude\n"
        "1,2,Fryer,Takeaway/sandwich shop,7844,LE1 1AA,5,2018-12-10,501,X,-1.558525,52.596988\n";
    folder.write("fhrs_2020-07-21.csv", fhrs);
    folder.write("fhrs_2021-08-20.csv", fhrs);
    const ComposedStudy study = compose_study(folder.path(), "");
    const Study read = read_study(folder.write("study.toml", study.toml));
    CHECK(read.layer("takeaways")->files.size() == 2);
    CHECK(read.layer("takeaways")->use == Use::hot_food_takeaway);
}
