// SPDX-License-Identifier: Apache-2.0
//
// The keys of a study that only layers of streets have.
#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/study_layers.h"
#include "libgeo/layers/walkable.h"

namespace geo {
namespace {

constexpr double kMostSnap = 2.0;       // m: what is farther apart is a gap in the data, not a slip of the pen
constexpr double kMostAccess = 1000.0;  // m

void read_topology(const TomlTable& table, StreetSpec& streets) {
    streets.topology_line = table.line("topology");
    if (!table.has("topology")) return;
    const std::string written = table.text("topology");
    std::vector<std::string> words;
    for (const auto topology : {StreetTopology::endpoints, StreetTopology::shared_vertices, StreetTopology::planar}) {
        if (written == word(topology)) streets.topology = topology;
        words.emplace_back(word(topology));
    }
    if (streets.topology) return;
    const auto near = nearest_word(written, words);
    table.fail("topology", "\"" + printable(written) + "\" is no way for lines to meet" +
                               (near ? "; did you mean \"" + *near + "\"?" : ";") + " There are " + join_words(words));
}

/// `all`, the preset whose table it is, or a file of one's own.
void read_walkable(const TomlTable& table, const std::filesystem::path& folder, StreetSpec& streets) {
    if (!table.has("walkable")) return;
    const std::string written = table.text("walkable");
    if (written == "all") {
        streets.walk_all = true;
    } else if (const WalkableFilter* carried = WalkableFilter::for_preset(written)) {
        streets.walkable = std::make_shared<const WalkableFilter>(*carried);
    } else if (written.ends_with(".toml")) {
        std::string text;
        const auto path = existing_file(table, "walkable", folder);
        (void)TomlTable::from_file(path, &text);
        streets.walkable = std::make_shared<const WalkableFilter>(WalkableFilter::from_text(text, path.string()));
        streets.walkable_file = written;
    } else {
        std::vector<std::string> words = WalkableFilter::carried_presets();
        words.insert(words.begin(), "all");
        const auto near = nearest_word(written, words);
        table.fail("walkable", "\"" + printable(written) + "\" is no table of what can be walked" +
                                   (near ? "; did you mean \"" + *near + "\"?" : ";") + " There are " +
                                   join_words(words) + ", or a file of your own that ends in .toml");
    }
}

/// A length above 0, and no longer than `most`.
std::optional<Metres> read_positive(const TomlTable& table, const char* key, double most, const char* why) {
    if (!table.has(key)) return std::nullopt;
    const Metres length = read_length(table, key);
    if (length.value <= 0.0 || length.value > most)
        table.fail(key, "\"" + printable(table.text(key)) + "\" is too " + (length.value <= 0.0 ? "little" : "much") +
                            "; more than 0 m and at most " + format_shortest(most) + " m is expected: " + why);
    return length;
}

}  // namespace

std::string_view word(StreetTopology topology) {
    static constexpr std::string_view kWords[] = {"endpoints", "shared-vertices", "planar"};
    return kWords[static_cast<std::size_t>(topology)];
}

void read_street_keys(const TomlTable& table, const std::filesystem::path& folder, LayerSpec& layer) {
    StreetSpec& streets = layer.streets;
    read_topology(table, streets);
    streets.snap_line = table.line("snap");
    streets.snap = read_positive(table, "snap", kMostSnap, "ends of lines that are no farther apart are one");
    read_walkable(table, folder, streets);
    streets.private_ways = table.optional_boolean("private").value_or(false);
    streets.paths = table.optional_boolean("paths");
    streets.cache = table.optional_boolean("cache").value_or(true);
    if (table.has("band")) streets.band = read_length(table, "band");
    streets.most_access = read_positive(table, "most-access", kMostAccess, "how far from a street something may stand");
}

}  // namespace geo
