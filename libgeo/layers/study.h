// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/units.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/crs.h"

namespace geo {

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
    int line = 0;
};

/// A table joined by a key: entrances of places, population and deprivation of areas.
struct JoinedFile {
    FileSpec file;
    std::map<std::string, std::string> keys;  ///< the other words of its table (place, code, value, rank, year, …)
    std::optional<int> year;
};

struct LayerSpec {
    std::string name;
    LayerKind kind = LayerKind::places;
    std::vector<FileSpec> files;     ///< at least one
    bool snapshots = false;          ///< `files` are dated snapshots
    std::optional<Metres> accuracy;  ///< 95 %; none: the preset's, else not stated
    Metres site_radius{100.0};
    std::optional<std::string> covers;  ///< an areas layer: beyond it this layer holds nothing
    std::string licence, attribution;
    std::optional<Date> date;
    std::map<std::string, std::vector<Use>> uses;          ///< values of the use column
    std::optional<Use> use;                                ///< one use for the whole layer
    std::map<std::string, std::string> kinds;              ///< values of the kind column → kinds of place
    std::vector<std::string> keep;                         ///< proposals: columns carried into answers
    std::map<std::string, std::optional<int>> attributes;  ///< areas: more columns, each with its year
    std::optional<JoinedFile> entrances;
    std::vector<JoinedFile> population, deprivation;
    std::string counts_as;
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
    std::optional<FileSpec> postcodes, uprns;
    std::vector<LayerSpec> layers;  ///< in the order of the file

    const LayerSpec* layer(const std::string& name) const;
    std::vector<std::string> layer_names() const;
};

/// Reads and checks a study file. Unknown keys, layers, kinds, a CRS that is not projected in metres, a file that is not there: UsageError
/// `file:line: …` with the nearest known word.
Study read_study(const std::filesystem::path& path);

}  // namespace geo
