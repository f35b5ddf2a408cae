// SPDX-License-Identifier: Apache-2.0
//
// Outlets over time on one page: `cordon density`, `cordon equity`, `cordon effect` (and change_concentrations.h).
//
//   study ─▶ layers, policies, premises over time ─▶ counts by area and period ─▶ density: rates and change
//                                                                                        ├─▶ equity: by deprivation quantile
//                                                                                        └─▶ effect: inside and outside the zones, before and after
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"
#include "libgeo/layers/study.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/table.h"

namespace geo {

/// What the command line adds to a study, for all three commands.
struct ChangeRequest {
    std::filesystem::path study;
    GridFolders grids;
    std::vector<std::string> policies;  ///< `--policy FILE|ID`: in place of the study's
    std::vector<std::string> outlets;   ///< `--outlets LAYER`, repeatable; empty: every outlets layer
    std::vector<Use> uses;              ///< `--use WORD`, repeatable; empty: every use that is there
    std::optional<std::string>
        areas;                 ///< `--by LAYER`: the layer of areas; none: the study area's layer, else the only one
    double confidence = 0.95;  ///< `--confidence`, 0.90 to 0.998
    unsigned threads = 0;
    std::shared_ptr<const LoadedLayers>
        read;  ///< every layer, as another answer to this study and these policies has read them; null: they are read
    std::vector<std::filesystem::path> out;
    bool replace = false;
    unsigned width = 100;
};

/// Everything that the commands start from.
struct Change {
    explicit Change(std::shared_ptr<const LoadedLayers> of) : read(std::move(of)), layers(read->layers) {}
    Study study;
    std::vector<Policy> policies;
    std::shared_ptr<const LoadedLayers> read;
    const Layers& layers;  ///< of `read`
    Issues issues;
    Provenance provenance;
    std::vector<Premises> premises;  ///< one an outlets layer asked for, in the study's order
    const AreaLayer* areas = nullptr;
};

/// The same answer in every form. Files are written from it where `out` names some; `text` is made where it names none.
struct ChangeAnswer {
    std::vector<AnswerTable> tables;     ///< the first is the one that a CSV holds; their shapes are in `holds`
    std::vector<std::string> sentences;  ///< plain words that go with the tables
    std::string svg;                     ///< the chart; empty where the command has none
    std::string text;
    Issues issues;
    Provenance provenance;
    bool incomplete = false;  ///< rows that could change a figure were left out; the last of `sentences` says so
    std::vector<std::shared_ptr<const void>> holds;
};

/// UsageError, with the nearest name, unless the study has a layer of this kind and name. `option`: where the name was written.
void expect_layer(const Study& study, LayerKind kind, const char* option, const std::string& name);

struct DensityRequest : ChangeRequest {
    std::vector<Date>
        at;  ///< `--at-dates A,B,…`: the days to count on; empty: the snapshots' dates, else 1 January of each year that the data cover
    double per = 1000;  ///< `--per`
    bool interpolate =
        false;  ///< `--interpolate`: population between two years; without it the latest year not after the day
    bool zones = false;  ///< `--zones`: inside and outside the zones of the one adopted policy too
    std::optional<std::string>
        centres;  ///< `--centres`: a layer of areas to count per hectare in, such as town centres
};
ChangeAnswer density(const DensityRequest& request);

struct EquityRequest : DensityRequest {
    unsigned quantiles = 5;  ///< `--quantiles 5|10`
    bool national =
        false;  ///< `--national`: quantiles of the whole country (the deprivation file), not of the study's areas
    bool simulated = false;  ///< `--simulated`: intervals of SII and RII by OHID's simulation, not by the delta method
    std::vector<std::filesystem::path>
        measures;  ///< `--measures`: the table of measures by itself (a CSV has only one)
};
ChangeAnswer equity(const EquityRequest& as_given);

struct EffectRequest : ChangeRequest {
    std::optional<Date> from,
        until;            ///< `--from`, `--until`: the first day and the day after the last that are looked at
    unsigned months = 3;  ///< `--months`: length of a period
    double ring_m = 100;  ///< `--ring`: width of the ring just outside the zones
};
ChangeAnswer effect(const EffectRequest& request);

}  // namespace geo
