// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: one loader for each kind of layer that stays.
#pragma once

#include <optional>
#include <vector>

#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/layer_rows.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/row_dates.h"

namespace geo {

class StreetLines;  // layers/street_lines.h

/// What loaders share: never null.
struct LoadContext {
    const Study* study = nullptr;
    const LoadOptions* options = nullptr;
    Issues* issues = nullptr;
    std::optional<Box> area;  ///< of the study, once it is known
};

/// What opening a file of a layer takes, but for its words.
FileRequest request_of(const LoadContext& context, const LayerSpec& spec, const FileSpec& file);

PlaceLayer load_places(const LoadContext& context, const LayerSpec& spec);
AreaLayer load_areas(const LoadContext& context, const LayerSpec& spec);
OutletLayer load_outlets(const LoadContext& context, const LayerSpec& spec);
/// `streets`: the study's, where the layer breaks at side streets.
FrontageLayer load_frontages(const LoadContext& context, const LayerSpec& spec, const StreetLines* streets);

/// The study's area as a layer called `study area`, from a file of its own.
AreaLayer load_area_file(const LoadContext& context, const FileSpec& file);

/// Box of the study area, read for itself; its issues are those of load_layers and are not said again.
std::optional<Box> read_study_area_box(const Study& study, const LoadOptions& options);

/// Until when a place that is missing, or an entrance of it, could hide a breach: until it closed; never (kBeforeRecords) where it was never open.
Date place_hides_until(PlaceState state, Date opened, Date closed);

/// What issues and accounts call the entrances of a layer: `schools.entrances`.
std::string entrances_name(const std::string& layer);

/// Reads entrances into `layer`, whose other columns are complete. `elsewhere`: ids of places that `where` ruled out or that have no location, sorted.
/// An entrance that cannot be used, or that lies too far from its place to be its, is listed and may hide a breach.
void load_entrances(const LoadContext& context, const LayerSpec& spec, const LayerFile& places,
                    const std::vector<std::string>& elsewhere, PlaceLayer& layer);

/// Accuracy, radius, CRS and operation of a layer from its spec and its (first) file.
LayerFacts facts_of(const LayerSpec& spec, const LayerFile& file);

/// Entries whose id is that of an earlier one: exactly the same row, or another.
struct Doubles {
    std::vector<std::uint8_t> same_row;  ///< 1: the same row stands before; this one is not used
};
/// A row of a file that was read whole.
struct RowAt {
    std::uint32_t batch = 0, row = 0;
};
/// Finds doubled ids among `rows` (in file order), adds `duplicate-row` and `duplicate-id`.
Doubles find_doubles(const LayerFile& file, const std::vector<LocatedRows>& batches, const std::vector<RowAt>& rows,
                     const std::vector<std::string_view>& ids, Issues& issues);

/// A file read whole: batches in order, and its rows that pass `where`; the account counts the others.
struct WholeFile {
    std::vector<LocatedRows> batches;
    std::vector<RowAt> rows;
};
/// Reads and checks the coordinates. `hides`: rows that the source leaves out may hide a breach.
WholeFile read_whole(LayerFile& file, const LoadContext& context, bool hides);

/// The file has no rows: said at the head, never an answer.
void note_empty(const LayerFile& file, Issues& issues);

}  // namespace geo
