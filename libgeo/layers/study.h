// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/units.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/layers/decision_words.h"

namespace geo {

class WalkableFilter;  // layers/walkable.h

enum class LayerKind { places, outlets, proposals, areas, frontages, streets };
std::string_view word(LayerKind kind);

/// One file of a layer (a layer of outlets may have one for each snapshot), with how to read it.
struct FileSpec {
    std::string file;                            ///< as written in the study
    std::filesystem::path path;                  ///< resolved against the study's folder
    std::string container_layer;                 ///< key `layer`
    std::string crs;                             ///< key `crs`; empty: the file says
    std::string preset;                          ///< key `preset`; empty: found by columns; `none`: no preset
    std::map<std::string, std::string> columns;  ///< our name → the file's column
    std::map<std::string, std::vector<std::string>> where;  ///< file column → accepted values
    std::optional<DateFormat> date_format;
    std::optional<Date> date;  ///< of the data (of the snapshot)
    std::vector<std::string>
        covers;  ///< of a snapshot: codes of the authorities it speaks for; empty: those of its rows
    int line = 0;
};

/// A look-up between two editions of areas: columns of the table's codes, of the layer's codes and, where it has one, of the share of the first in the second.
struct CodeLookupSpec {
    FileSpec file;
    std::string from, to, share;
};

/// A table joined by a key: entrances of places, population and deprivation of areas.
struct JoinedFile {
    FileSpec file;
    std::map<std::string, std::string> keys;  ///< the other words of its table (place, code, value, rank, year, …)
    std::optional<int> year;
    std::optional<std::int64_t> of;  ///< deprivation: how many areas are ranked, where the file holds only some of them
    std::optional<CodeLookupSpec> lookup;  ///< population, deprivation: its codes are of another edition
};

/// One more column of areas, of their own file or of a table by area code, under the name that policies use for it.
struct AttributeSpec {
    std::string column;       ///< of the areas' file; of the joined table, the column of values
    std::string field;        ///< as policies call it; the column's name where the study says nothing else
    std::optional<int> year;  ///< none: stated without one, or in a column of the joined table
    std::optional<JoinedFile> joined;
    int line = 0;
};

/// What breaks a frontage: units on both sides of it are not adjacent.
struct FrontageBreaks {
    std::optional<Metres> gap;  ///< more than this between the points of neighbouring units
    bool other_side = false;    ///< odd and even numbers of a street are its two sides
    bool side_streets = false;  ///< a street of the study crosses between them
    int line = 0;
};

/// Where lines of streets meet.
enum class StreetTopology : std::uint8_t {
    endpoints,        ///< where they end: OS Open Roads, OS MasterMap Highways
    shared_vertices,  ///< at vertices that they have in common: OpenStreetMap
    planar,           ///< wherever they cross at one level: drawings
};
std::string_view word(StreetTopology topology);  ///< `endpoints`, `shared-vertices`, `planar`

/// How a layer of streets is walked. What is not stated: the preset's, else as walking_network.h says.
struct StreetSpec {
    std::optional<StreetTopology> topology;
    std::optional<Metres> snap;                      ///< ends no farther apart are one; above 0, at most 2 m
    bool walk_all = false;                           ///< `walkable = "all"`: no table decides
    std::shared_ptr<const WalkableFilter> walkable;  ///< the table that the study names; null: the preset's
    std::string walkable_file;                       ///< where that is a file of the study's, as written
    bool private_ways = false;                       ///< private ways are walked, too
    std::optional<bool> paths;                       ///< the lines have footpaths; none: as the table says
    std::optional<Metres> band, most_access;
    bool cache = true;                     ///< a large network may be kept in a file beside the study
    int topology_line = 0, snap_line = 0;  ///< of the layer's table where the keys are missing
};

struct LayerSpec {
    std::string name;
    LayerKind kind = LayerKind::places;
    std::vector<FileSpec> files;     ///< at least one
    bool snapshots = false;          ///< `files` are dated snapshots
    std::optional<Metres> accuracy;  ///< 95 %; none: the preset's, else not stated
    Metres site_radius{100.0};
    std::optional<std::string>
        part_of;  ///< places: a rule that names that layer means this one too (the neighbouring borough's schools)
    std::optional<std::string> covers;  ///< an areas layer: beyond it this layer holds nothing
    std::string licence, attribution;
    std::optional<Date> date;
    std::map<std::string, std::vector<Use>> uses;  ///< values of the use column
    std::optional<Use> use;                        ///< one use for the whole layer
    std::map<std::string, std::string> kinds;      ///< values of the kind column → kinds of place
    std::vector<std::string> keep;                 ///< proposals: columns carried into answers
    std::vector<AttributeSpec> attributes;         ///< areas: in the order of the study
    std::optional<JoinedFile> entrances;
    std::vector<JoinedFile> population, deprivation;
    std::map<std::string, Decision>
        decisions;          ///< proposals: folded values of the decision column; others are read by words
    std::string counts_as;  ///< proposals: `change-of-use`, `new-build` or empty
    std::map<std::string, std::string> states;  ///< frontages: values of the state column → words of Occupancy
    std::optional<JoinedFile> lines;            ///< frontages: the parades' lines, by the column `id`
    FrontageBreaks breaks;                      ///< frontages
    StreetSpec streets;                         ///< streets
    int line = 0;
};

/// A study file, read and checked; nothing else is opened yet.
struct Study {
    std::string title;
    std::string file;  ///< as given on the command line
    std::filesystem::path folder;
    std::string sha256;
    std::optional<Crs> crs;
    bool strict_crs = false;  ///< stop when the OSTN15 grid is missing
    std::optional<std::string> area_layer;
    std::optional<FileSpec> area_file;
    std::optional<Date> as_at;
    struct PolicyRef {
        std::string written;  ///< a path or an id of the catalogue
        int line = 0;
    };
    std::vector<PolicyRef> policies;
    std::string
        os_licence;  ///< key `os-licence`: the council's Ordnance Survey licence number, to be printed on its maps; empty: none
    std::optional<FileSpec> postcodes, uprns;
    std::vector<LayerSpec> layers;  ///< in the order of the file
    std::map<std::string, double>
        values;  ///< `[values]`: numbers for policies; names of nested tables joined with dots

    const LayerSpec* layer(const std::string& name) const;
    std::vector<std::string> layer_names() const;
};

/// Reads and checks a study file. Unknown keys, layers, kinds, a CRS that is not projected in metres, a file that is not there: UsageError
/// `file:line: …` with the nearest known word.
Study read_study(const std::filesystem::path& path);

}  // namespace geo
