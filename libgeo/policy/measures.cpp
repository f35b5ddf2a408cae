// SPDX-License-Identifier: Apache-2.0
//
// The table of measures: the words of the language, and who reads each. Deciding one is the business of assess/measures/.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libgeo/base/text.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {
namespace {

struct MeasureReader {
    std::string_view name;
    MeasureAndBreach (*read)(const TomlTable& rule, const KnownLayers& known);
};

// In the order of the variant Measure.
constexpr std::array kMeasures = {
    MeasureReader{"distance", read_distance},
    MeasureReader{"inside", read_inside_measure},
    MeasureReader{"count", read_count},
    MeasureReader{"share", read_share},
    MeasureReader{"run", read_run},
    MeasureReader{"gap", read_gap},
    MeasureReader{"attribute", read_attribute},
};
static_assert(kMeasures.size() == std::variant_size_v<Measure>);

template <typename... Readers>
struct Visitor : Readers... {
    using Readers::operator()...;
};
template <typename... Readers>
Visitor(Readers...) -> Visitor<Readers...>;

std::vector<LayerFilter> layers_of_tests(const std::vector<FieldTest>& tests) {
    std::vector<LayerFilter> out;
    for (const FieldTest& test : tests) {
        if (test.of && std::find(out.begin(), out.end(), *test.of) == out.end()) out.push_back(*test.of);
    }
    return out;
}

}  // namespace

std::string_view word(const Measure& measure) { return kMeasures[measure.index()].name; }

std::vector<LayerFilter> layers_of(const Measure& measure) {
    const Visitor named{
        [](const DistanceMeasure& m) { return m.to; },
        [](const InsideMeasure& m) { return m.where.of; },
        [](const CountMeasure& m) { return m.window ? m.along : m.in; },
        [](const ShareMeasure& m) { return m.in; },
        [](const RunMeasure& m) { return m.along; },
        [](const GapMeasure& m) { return m.along; },
        [](const AttributeMeasure& m) { return layers_of_tests(m.tests); },
    };
    return std::visit(named, measure);
}

std::span<const std::string> measure_words() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> names;
        for (const MeasureReader& measure : kMeasures) names.emplace_back(measure.name);
        return names;
    }();
    return words;
}

MeasureAndBreach read_measure(const TomlTable& rule, const KnownLayers& known) {
    const MeasureReader* found = nullptr;
    std::vector<std::string> given;
    for (const MeasureReader& measure : kMeasures) {
        if (!rule.has(measure.name)) continue;
        found = &measure;
        given.emplace_back(measure.name);
    }
    if (found == nullptr)
        rule.fail("",
                  fmt::format("no measure; exactly one is expected, known measures: {}", join_words(measure_words())));
    if (given.size() > 1) {
        rule.fail(given.back(), fmt::format("a second measure; exactly one is expected, not {}", join_words(given)));
    }
    return found->read(rule, known);
}

}  // namespace geo
