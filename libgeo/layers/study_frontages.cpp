// SPDX-License-Identifier: Apache-2.0
//
// The keys of a study that only layers of frontages have.
#include "libgeo/base/text.h"
#include "libgeo/layers/row_words.h"
#include "libgeo/layers/study_layers.h"

namespace geo {
namespace {

void read_states(const TomlTable& table, LayerSpec& layer) {
    const auto inner = table.optional_table("states");
    if (!inner) return;
    for (const std::string& value : inner->keys()) {
        const std::string written = inner->text(value);
        if (!occupancy_from(written)) {
            const auto words = occupancy_words();
            const auto near = nearest_word(written, words);
            inner->fail(value, "\"" + printable(written) + "\" is no state" +
                                   (near ? "; did you mean \"" + *near + "\"?" : ";") + " States are " +
                                   join_words(words));
        }
        layer.states[value] = written;
    }
}

void read_breaks(const TomlTable& table, LayerSpec& layer) {
    const auto inner = table.optional_table("breaks");
    if (!inner) return;
    inner->expect_only({"gap", "other-side", "side-streets"}, "breaks");
    layer.breaks.line = table.line("breaks");
    if (inner->has("gap")) {
        layer.breaks.gap = read_length(*inner, "gap");
        if (layer.breaks.gap->value <= 0.0)
            inner->fail("gap", "a gap of 0 m would lie between any two units; more than 0 m is expected");
    }
    layer.breaks.other_side = inner->optional_boolean("other-side").value_or(false);
    layer.breaks.side_streets = inner->optional_boolean("side-streets").value_or(false);
}

}  // namespace

void read_frontage_keys(const TomlTable& table, const std::filesystem::path& folder, LayerSpec& layer) {
    read_states(table, layer);
    read_breaks(table, layer);
    if (const auto inner = table.optional_table("lines")) {
        layer.lines = read_joined(*inner, folder, {"id"}, "lines of parades");
        require(*inner, *layer.lines, "id", "the parade's id");
    }
}

}  // namespace geo
