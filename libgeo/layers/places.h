// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/study.h"

namespace geo {

/// What a layer's rows share.
struct LayerFacts {
    std::string name;
    Metres accuracy;  ///< 95 %; 0 when not stated
    bool accuracy_stated = false;
    std::string part_of;          ///< of places: a rule that names that layer means this one too; empty: none
    std::string accuracy_source;  ///< `study`, `preset fhrs: …cite`
    Metres site_radius{100.0};
    OperationInfo operation;  ///< how it came into the study's CRS
    std::string crs_code;     ///< of its file
    std::vector<FileRecord> files;
    int covers = -1;  ///< index into Layers::areas; -1: not stated
};

enum class PlaceState : std::uint8_t { open, proposed, unclear };

/// Protected places, in the study's CRS, sorted by (id, x, y of the first vertex): ties go by index. One entry a place; rows with the
/// same id and different geometry stay two places (an issue says so).
struct PlaceLayer {
    LayerFacts facts;
    TextColumn id, name, kind;  ///< kind: word of the study or preset (`primary`), lower case; empty: not known
    Shapes shapes;              ///< boundary or point; every entry has a location
    Shapes entrances;           ///< one shape a place: its entrances; without location where none are known
    Shapes centroids;           ///< one point a place
    std::vector<std::uint8_t> point_only;          ///< 1: only a point is known, no boundary
    std::vector<Date> opened, closed;              ///< half-open; kBeforeRecords, kNotEnded
    std::vector<PlaceState> state;                 ///< unclear: closed before it opened, or a status not understood
    std::map<std::string, TextColumn> attributes;  ///< columns that some policy's `where` names, folded name → values
    std::uint64_t without_location = 0;            ///< rows that may hide a breach
    bool entrances_given = false;
    std::size_t size() const { return id.size(); }
};

/// Areas in the study's CRS, in the order of the file.
struct AreaLayer {
    LayerFacts facts;
    TextColumn code, name;
    Shapes shapes;
    std::map<std::string, TextColumn> attributes;  ///< folded column name → value as text
    /// population[year][area]; NaN where not known.
    std::map<int, std::vector<double>> population;
    std::vector<double> deprivation_rank;  ///< NaN where not known; empty when not given
    /// Of the deprivation file, whether or not its areas are in this layer: rows with a rank, the greatest rank; and how many areas the study says are ranked (0: not said).
    std::uint64_t deprivation_rows = 0, deprivation_of = 0;
    double deprivation_greatest = 0;
    /// Attributes that have years: folded field → year → value as text, one an area, empty where not known. Year 0: stated without one.
    std::map<std::string, std::map<int, std::vector<std::string>>> by_year;
    std::size_t size() const { return code.size(); }
};

/// Premises with a use, in the study's CRS, in the order of the files.
struct OutletLayer {
    LayerFacts facts;
    TextColumn id, name;
    TextColumn uprn;               ///< digits; empty where not known
    TextColumn postcode, address;  ///< as written; empty where the file does not say
    TextColumn authority;          ///< code of the registering authority, as written; empty where the file does not say
    std::vector<std::uint8_t> has_id;  ///< 0: `id` is made up of the row's number
    std::vector<std::uint32_t> row;    ///< line of a CSV, else feature from 1, as in Issue::row
    Shapes shapes;                     ///< without location where none is known
    std::vector<Use> use;
    std::vector<std::uint16_t> uses;  ///< every use that the row states, bit 1 << Use; `use` is the first of them
    std::vector<Date> opened, closed;
    std::vector<std::uint8_t> unclear;   ///< 1: closed before it opened, or a date not understood: open on no day
    std::vector<std::int32_t> snapshot;  ///< index of the dated snapshot the row is from; -1 for a table with dates
    std::vector<Date> snapshot_dates;
    std::vector<Metres>
        snapshot_accuracy;  ///< one a file of `facts`: 95 %, with what a missing grid and rounding add; 0 where not stated
    std::vector<std::vector<std::string>>
        snapshot_covers;  ///< authorities that a snapshot speaks for; empty: those of its rows
    std::size_t size() const { return id.size(); }
};

struct FrontageLayer;   // layers/frontages.h
struct WalkingNetwork;  // layers/walking_network.h

/// What is loaded once and stays.
struct Layers {
    Layers();
    ~Layers();
    Layers(Layers&&) noexcept;
    Layers& operator=(Layers&&) noexcept;
    std::vector<PlaceLayer> places;
    std::vector<AreaLayer> areas;
    std::vector<OutletLayer> outlets;
    std::vector<FrontageLayer> frontages;
    std::shared_ptr<const WalkingNetwork> walking;  ///< null: the study has no streets, or nothing asked for walking
    std::map<std::string, double>
        values;  ///< numbers that the study gives to policies: `[values] national.rate = 0.96` → `national.rate`
    int study_area =
        -1;  ///< index into areas; a study whose area is a file of its own has it as the last of them, called `study area`; -1: not stated
    /// Box of the study area in the study's CRS. None when it is not stated.
    std::optional<Box> study_area_box() const;
    const PlaceLayer* place_layer(std::string_view name) const;
    const AreaLayer* area_layer(std::string_view name) const;
    const OutletLayer* outlet_layer(std::string_view name) const;
    const FrontageLayer* frontage_layer(std::string_view name) const;
};

struct LoadOptions {
    GridFolders grids;
    std::vector<std::string> attributes;  ///< columns that policies ask for (`where`), folded
    std::vector<std::string>
        fields;             ///< columns of the application that policies ask for, folded: ProposalBatch::fields
    bool outlets = true;    ///< load outlets too (check needs them for some rules only)
    bool frontages = true;  ///< load frontages too
    bool walking = false;   ///< build the walking network of the streets
    /// Walking networks with fewer links are built anew every time, which takes a second at most: no file beside the study keeps them (network_cache.h).
    std::size_t network_kept_from = 200'000;
    std::optional<Date>
        not_before;  ///< no proposal is assessed before this day: places closed by then cannot hide a breach
    /// Layers of places that are measured from their entrances: an entrance that is missing there can hide a breach (of a layer that is part of one of them, too). None: all are.
    std::optional<std::vector<std::string>> entrances_of;
    std::optional<Box> study_area;  ///< for ProposalReader, which reads the study area's file when it is not given
};

/// Layers, and what reading each of them said, kept apart: answers of one run may rest on one reading, and each on some of its layers.
struct LoadedLayers {
    struct Said {
        LayerKind kind = LayerKind::areas;
        Issues issues;         ///< and accounts of rows
        bool walking = false;  ///< of streets: of the network; else of the lines that frontages break at
    };
    Layers layers;
    std::vector<Said> said;  ///< in the order of reading

    /// Adds what load_layers with these options says. They may leave out layers that were read, or name another day `not_before` or other layers in
    /// `entrances_of`; all else must be as it was when they were read.
    void say(const LoadOptions& options, Issues& issues) const;
};
/// As load_layers.
LoadedLayers read_layers(const Study& study, const LoadOptions& options);

/// Loads every layer of the study but proposals and streets (of which lines are read where frontages break at them); brings them into the study's CRS; lists in `issues` every row that could not be used as it
/// stands. Throws DataError for a file that cannot be trusted (no CRS, cut short, degrees labelled as metres, axes swapped, …).
Layers load_layers(const Study& study, const LoadOptions& options, Issues& issues);

}  // namespace geo
