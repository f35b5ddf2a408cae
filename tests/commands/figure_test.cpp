// SPDX-License-Identifier: Apache-2.0
//
// Figures of the demo study: what they show is what the commands say, each source is named, the same bytes each time.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "libgeo/map.h"
#include "libgeo/report/map_layers.h"
#include "libgeo/report/study_figures.h"
#include "tests/commands/run_command.h"

using namespace geo;
using cordon_test::fernhill;
using cordon_test::Folder;
using cordon_test::holds;

namespace {

MapRequest request_of(const std::filesystem::path& study) {
    MapRequest request;
    request.study = study;
    const char* grids = std::getenv("CORDON_GRIDS");
    request.grids = {{grids != nullptr ? grids : CORDON_GRID_DIR}};
    return request;
}

const FigureLayer* layer_with(const Figure& figure, const std::string& label) {
    for (const FigureLayer& layer : figure.layers)
        for (const FigureClass& one : layer.classes)
            if (one.label == label) return &layer;
    return nullptr;
}

std::string attribution(const Figure& figure) {
    std::string all;
    for (const std::string& line : figure.attribution) all += line + "\n";
    return all;
}

}  // namespace

TEST_CASE("figures of the demo study: the outlets in trade, the zones and whose data they are") {
    const MapWorld world = gather_map(request_of(fernhill() / "study.toml"));
    StudyFigureOptions options;
    options.os_licence = "AC0000123456";
    const Figure figure = study_figure(world.data, StudyFigure::zones, options);
    std::size_t trading = 0;
    for (const auto& row : cordon_test::read_csv(fernhill() / "outlets.csv"))
        trading += row.at("use") == "hot-food-takeaway" && row.at("opened") <= "2026-04-01" &&
                   (row.at("closed").empty() || row.at("closed") > "2026-04-01");
    const FigureLayer* outlets = layer_with(figure, "Hot food takeaway");
    REQUIRE(outlets != nullptr);
    CHECK(outlets->shape.size() == trading);
    CHECK(layer_with(figure, "Where a proposal would breach") != nullptr);
    CHECK(layer_with(figure, "Schools") != nullptr);
    CHECK(figure.as_at == "1 April 2026");
    CHECK(holds(attribution(figure), "Fictional data, CC0 (CC0-1.0)"));
    CHECK(holds(attribution(figure), "Schools"));
    CHECK(holds(attribution(figure), "Takeaways"));
    CHECK_FALSE(holds(attribution(figure), "Applications"));  // not drawn here
    CHECK(holds(attribution(figure), "Ordnance Survey licence number AC0000123456."));
    CHECK(std::any_of(figure.notes.begin(), figure.notes.end(),
                      [](const std::string& note) { return holds(note, "measured, not read off this map"); }));
    CHECK(draw_figure(figure, FigureForm::pdf) == draw_figure(figure, FigureForm::pdf));
}

TEST_CASE(
    "figures of the demo study: proposals by verdict, as many of each as check says, less those without a place") {
    const MapWorld world = gather_map(request_of(fernhill() / "study.toml"));
    const Figure figure = study_figure(world.data, StudyFigure::proposals, {});
    const FigureLayer* proposals = layer_with(figure, "Breach");
    REQUIRE(proposals != nullptr);
    const auto breaches =
        std::count(proposals->of.begin(), proposals->of.end(), static_cast<std::uint8_t>(Result::breach));
    CHECK(static_cast<std::uint64_t>(breaches) == world.data.verdicts[static_cast<std::size_t>(Result::breach)]);
    CHECK(holds(attribution(figure), "Applications"));
}

TEST_CASE("figures of the demo study: a school that is proposed stands in its zone") {
    const MapWorld world = gather_map(request_of(fernhill() / "study.toml"));
    Figure figure = study_figure(world.data, StudyFigure::zones, {});
    const FigureLayer* schools = layer_with(figure, "Schools");
    REQUIRE(schools != nullptr);
    const auto northgate = std::find_if(schools->shape.begin(), schools->shape.end(), [&](std::uint32_t shape) {
        const Point at = schools->shapes->first_point(shape);
        return at.x == 659700 && at.y == 257000;
    });
    REQUIRE(northgate != schools->shape.end());
    const std::string drawn = draw_figure(figure, FigureForm::svg);
    FigureLayer& without = figure.layers[static_cast<std::size_t>(schools - figure.layers.data())];
    const auto at = static_cast<std::ptrdiff_t>(northgate - without.shape.begin());
    without.shape.erase(without.shape.begin() + at);
    without.of.erase(without.of.begin() + at);
    CHECK(draw_figure(figure, FigureForm::svg) != drawn);  // it was on the sheet
}

TEST_CASE("figures of the demo study: areas by rate stand in the class that holds their rate") {
    const MapWorld world = gather_map(request_of(fernhill() / "study.toml"));
    const Figure figure = study_figure(world.data, StudyFigure::rate, {});
    const FigureLayer& shaded = figure.layers.front();
    CHECK(shaded.heading == "Hot food takeaways per 1,000 residents");
    REQUIRE(shaded.shape.size() == 14);
    const MapAreas& areas = *world.data.areas;
    const auto last = areas.counts.days.size() - 1;
    for (const DensityRow& row : areas.rows) {
        if (row.day != last || row.area == kNoArea) continue;
        const std::string label = shaded.classes[shaded.of[row.area]].label;
        const double low = std::stod(label), high = std::stod(label.substr(label.rfind(' ') + 1));
        CHECK(row.rate.value >= low - 0.005);
        CHECK(row.rate.value <= high + 0.005);
    }
    CHECK(holds(attribution(figure), "Wards population: the study states no licence and no attribution."));
    CHECK(no_figure(world.data, StudyFigure::change, {}) == "outlets were counted on no two days");
}

TEST_CASE("figures and map layers of a small study with hostile names") {
    const Folder folder;
    cordon_test::write_small_study(folder);
    std::string schools = cordon_test::read_text(folder / "schools.csv");
    folder.write("schools.csv", schools);
    const MapWorld world = gather_map(request_of(folder / "study.toml"));
    CHECK(no_figure(world.data, StudyFigure::rate, {}) == "the study has no areas with outlets to count");
    Figure figure = study_figure(world.data, StudyFigure::proposals, {});
    figure.title = "<script>alert('1')</script>";
    figure.layers.front().names.assign(figure.layers.front().shape.size(), "=cmd|' /C calc'!A0 <b>\xE2\x80\xAE");
    const std::string svg = draw_figure(figure, FigureForm::svg);
    CHECK_FALSE(holds(svg, "<script"));
    CHECK_FALSE(holds(svg, "<b>"));
    const MapLayers layers = map_layers(world.data);
    REQUIRE_FALSE(layers.tables.empty());
    CHECK(layers.tables.front().name == "proposals");
    CHECK(layers.tables.front().rows() == 3);
    const auto zones = std::find_if(layers.tables.begin(), layers.tables.end(),
                                    [](const AnswerTable& table) { return table.name == "zones"; });
    REQUIRE(zones != layers.tables.end());
    // Within 400 m of a school of 200 m by 100 m: its area, four strips, a circle.
    CHECK(zones->columns.back().numbers.front() ==
          doctest::Approx(200 * 100 + 600 * 400 + 3.14159265 * 400 * 400).epsilon(0.001));
    CHECK_FALSE(zones->style.empty());
}
