// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/study_layers.h"

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/presets.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kKinds = {"places", "outlets", "proposals", "areas", "frontages", "streets"};

LayerKind read_kind(const TomlTable& table) {
    if (!table.has("kind")) table.fail("kind", "is missing; one of " + join_words(kKinds, " or ") + " is expected");
    const std::string written = table.text("kind");
    const auto found = std::find(kKinds.begin(), kKinds.end(), written);
    if (found != kKinds.end()) return static_cast<LayerKind>(found - kKinds.begin());
    const auto near = nearest_word(written, kKinds);
    table.fail("kind", "\"" + printable(written) + "\" is no kind of layer" +
                           (near ? "; did you mean \"" + *near + "\"?" : "") + " Kinds are " + join_words(kKinds));
}

std::vector<std::string> keys_of_kind(LayerKind kind) {
    switch (kind) {
        case LayerKind::places:
            return {"kinds", "entrances", "site-radius", "part-of"};
        case LayerKind::outlets:
            return {"use", "uses", "snapshots", "site-radius"};
        case LayerKind::proposals:
            return {"use", "uses", "keep", "counts-as", "decisions", "site-radius"};
        case LayerKind::areas:
            return {"population", "deprivation", "attributes"};
        case LayerKind::frontages:
            return {"use", "uses", "states", "lines", "breaks", "site-radius"};
        case LayerKind::streets:
            return {"topology", "snap", "walkable", "private", "paths", "band", "most-access", "cache"};
    }
    return {};
}

std::map<std::string, std::string> read_columns(const TomlTable& table, const std::vector<std::string>& words) {
    std::map<std::string, std::string> columns;
    const auto inner = table.optional_table("columns");
    if (!inner) return columns;
    if (!words.empty()) inner->expect_only(words, "columns");
    for (const std::string& key : inner->keys()) columns[key] = inner->text(key);
    return columns;
}

std::map<std::string, std::vector<std::string>> read_where(const TomlTable& table) {
    std::map<std::string, std::vector<std::string>> where;
    const auto inner = table.optional_table("where");
    if (!inner) return where;
    for (const std::string& key : inner->keys()) {
        where[key] = inner->texts(key);
        if (where[key].empty()) inner->fail(key, "at least one value is expected");
    }
    return where;
}

std::string read_preset(const TomlTable& table) {
    std::string written = table.text("preset");
    if (written == "none" || preset_by_id(written)) return written;
    std::vector<std::string> ids{"none"};
    for (const Preset& preset : presets()) ids.push_back(preset.id);
    const auto near = nearest_word(written, ids);
    table.fail("preset", "there is no preset \"" + printable(written) + "\"" +
                             (near ? "; did you mean \"" + *near + "\"?" : ";") + " Presets are " + join_words(ids));
}

}  // namespace

Metres read_length(const TomlTable& table, const std::string& key) {
    const std::string written = table.text(key);
    const auto length = parse_length(written);
    if (!length)
        table.fail(key, "\"" + printable(written) + "\" is no length; for example \"5 m\" or \"0.1 km\" is expected");
    return *length;
}

namespace {

Use read_use(const TomlTable& table, const std::string& key, const std::string& written) {
    if (const auto use = use_from_word(written)) return *use;
    const auto words = use_words();
    const auto near = nearest_word(written, words);
    table.fail(key, "\"" + printable(written) + "\" is no use" + (near ? "; did you mean \"" + *near + "\"?" : ";") +
                        " Uses are " + join_words(words));
}

void read_uses(const TomlTable& table, LayerSpec& layer) {
    if (table.has("use")) layer.use = read_use(table, "use", table.text("use"));
    const auto inner = table.optional_table("uses");
    if (!inner) return;
    for (const std::string& value : inner->keys()) {
        auto& uses = layer.uses[value];
        for (const std::string& written : inner->texts(value)) uses.push_back(read_use(*inner, value, written));
        if (uses.empty()) inner->fail(value, "at least one use is expected");
    }
}

int read_year(const TomlTable& table, std::int64_t year) {
    if (year < 1000 || year > 2999) table.fail("year", std::to_string(year) + " is no year");
    return static_cast<int>(year);
}

CodeLookupSpec read_code_lookup(const TomlTable& table, const fs::path& folder, bool ranks) {
    table.expect_only({"file", "layer", "where", "date", "from", "to", "share"}, "a look-up of codes");
    if (!table.has("file")) table.fail("file", "is missing; the look-up's file is expected");
    if (!table.has("from")) table.fail("from", "is missing; it names the column of the table's codes");
    if (!table.has("to")) table.fail("to", "is missing; it names the column of the layer's codes");
    if (ranks && table.has("share")) table.fail("share", "a rank cannot be divided; leave the share out");
    CodeLookupSpec lookup{read_file_spec(table, folder, {}, {}), table.text("from"), table.text("to"),
                          table.optional_text("share").value_or("")};
    if (folded(lookup.from) == folded(lookup.to))
        table.fail("to",
                   "from and to are the same column; the first is of the table's codes, the other of the layer's");
    return lookup;
}

}  // namespace

JoinedFile read_joined(const TomlTable& table, const fs::path& folder, const std::vector<std::string>& keys,
                       std::string_view what) {
    table.expect_only(with_file_keys(keys), what);
    JoinedFile joined;
    joined.file = read_file_spec(table, folder, {"x", "y", "wkt", "id"}, {});
    const bool ranks = std::find(keys.begin(), keys.end(), "rank") != keys.end();
    for (const std::string& key : keys) {
        if (!table.has(key)) continue;
        if (key == "year" && table.kind(key) == TomlTable::Kind::number) {
            joined.year = read_year(table, *table.optional_integer(key));
        } else if (key == "of") {
            joined.of = table.optional_integer(key);
            if (*joined.of < 1) table.fail(key, "the number of areas that are ranked is expected, for example 32844");
        } else if (key == "lookup") {
            const auto inner = table.optional_table(key);
            if (!inner) table.fail(key, "a table with `file`, `from` and `to` is expected");
            joined.lookup = read_code_lookup(*inner, folder, ranks);
        } else {
            joined.keys[key] = table.text(key);
        }
    }
    return joined;
}

void require(const TomlTable& table, const JoinedFile& joined, const std::string& key, std::string_view what) {
    if (!joined.keys.contains(key)) table.fail(key, "is missing; it names the column of " + std::string(what));
}

namespace {

void read_joins(const TomlTable& table, const fs::path& folder, LayerSpec& layer) {
    if (const auto inner = table.optional_table("entrances")) {
        layer.entrances = read_joined(*inner, folder, {"place"}, "entrances");
        require(*inner, *layer.entrances, "place", "the place's id");
    }
    // Columns that are not named are looked for when the file is opened: a preset may know them.
    for (const TomlTable& inner : table.tables("population"))
        layer.population.push_back(read_joined(inner, folder, {"code", "value", "year", "lookup"}, "population"));
    for (const TomlTable& inner : table.tables("deprivation"))
        layer.deprivation.push_back(
            read_joined(inner, folder, {"code", "rank", "year", "of", "lookup"}, "deprivation"));
}

AttributeSpec read_attribute(const TomlTable& table, const fs::path& folder) {
    AttributeSpec attribute;
    attribute.line = table.line();
    if (table.has("file")) {
        JoinedFile joined = read_joined(table, folder, {"code", "value", "year", "field"}, "an attribute of a table");
        joined.keys.erase("field");
        require(table, joined, "code", "the area's code");
        require(table, joined, "value", "the attribute");
        attribute.column = joined.keys.at("value");
        attribute.joined = std::move(joined);
    } else {
        table.expect_only({"column", "year", "field", "file"}, "an attribute");
        attribute.column = table.text("column");
        const auto year = table.optional_integer("year");
        if (year) attribute.year = read_year(table, *year);
    }
    attribute.field = table.optional_text("field").value_or(attribute.column);
    return attribute;
}

void read_attributes(const TomlTable& table, const fs::path& folder, LayerSpec& layer) {
    for (const auto& item : table.texts_or_tables("attributes")) {
        const auto inner = item.table();
        AttributeSpec attribute{item.text, item.text, std::nullopt, std::nullopt, item.line};
        if (inner) attribute = read_attribute(*inner, folder);
        for (const AttributeSpec& other : layer.attributes) {
            if (attribute.joined || other.joined || folded(attribute.field) != folded(other.field) ||
                attribute.year != other.year)
                continue;
            const std::string when = attribute.year ? " of " + std::to_string(*attribute.year) : "";
            (inner ? *inner : table)
                .fail(inner ? "field" : "attributes", "the attribute " + printable(attribute.field) + when +
                                                          " is given twice; give each its own `field` or `year`");
        }
        layer.attributes.push_back(std::move(attribute));
    }
}

/// Codes of authorities: a snapshot from which one of them is absent shows that it has nothing, one that is not among them says nothing.
std::vector<std::string> read_covers(const TomlTable& snapshot) {
    std::vector<std::string> covers;
    for (const std::string& code : snapshot.texts("covers")) covers.emplace_back(trimmed(code));
    const auto blank = std::find(covers.begin(), covers.end(), "");
    if (blank != covers.end() || (covers.empty() && snapshot.has("covers")))
        snapshot.fail("covers", "the codes of the authorities that the snapshot covers are expected");
    return covers;
}

void read_files(const TomlTable& table, const fs::path& folder, LayerSpec& layer) {
    const auto& words = words_of_columns(layer.kind);
    const std::vector<TomlTable> snapshots = table.tables("snapshots");
    if (snapshots.empty()) {
        if (!table.has("file")) table.fail("file", "is missing; the layer's data file is expected");
        layer.files.push_back(read_file_spec(table, folder, words, {}));
        return;
    }
    if (table.has("file")) table.fail("file", "a layer has either `file` or `snapshots`, not both");
    layer.snapshots = true;
    const FileSpec outer = read_file_spec(table, folder, words, {});
    for (const TomlTable& inner : snapshots) {
        inner.expect_only(with_file_keys({"covers"}), "a snapshot");
        layer.files.push_back(read_file_spec(inner, folder, words, outer));
        layer.files.back().covers = read_covers(inner);
        if (!inner.has("file")) inner.fail("file", "is missing; the snapshot's data file is expected");
        if (!inner.has("date")) inner.fail("date", "is missing; the day of the snapshot is expected");
    }
    std::stable_sort(layer.files.begin(), layer.files.end(),
                     [](const FileSpec& a, const FileSpec& b) { return *a.date < *b.date; });
}

void read_counts_as(const TomlTable& table, LayerSpec& layer) {
    if (!table.has("counts-as")) return;
    static const std::vector<std::string> kWords = {"change-of-use", "new-build"};
    layer.counts_as = table.text("counts-as");
    if (std::find(kWords.begin(), kWords.end(), layer.counts_as) != kWords.end()) return;
    const auto near = nearest_word(layer.counts_as, kWords);
    table.fail("counts-as", "\"" + printable(layer.counts_as) + "\" is not known" +
                                (near ? "; did you mean \"" + *near + "\"?" : ";") + " Expected is " +
                                join_words(kWords, " or "));
}

/// `decisions = { "Approve (delegated)" = "granted" }`.
void read_decisions(const TomlTable& table, LayerSpec& layer) {
    const auto inner = table.optional_table("decisions");
    if (!inner) return;
    for (const std::string& value : inner->keys()) {
        const std::string written = inner->text(value);
        const auto known = {Decision::granted, Decision::refused, Decision::other};
        const auto found = std::find_if(known.begin(), known.end(), [&](Decision one) { return word(one) == written; });
        if (found == known.end())
            inner->fail(value, "\"" + printable(written) + "\" is no decision; granted, refused or other is expected");
        layer.decisions[folded(trimmed(value))] = *found;
    }
}

}  // namespace

const std::vector<std::string>& words_of_columns(LayerKind kind) {
    static const std::vector<std::string> kPlaces = {"id", "name", "kind",    "opened",   "closed",   "state", "x",
                                                     "y",  "wkt",  "low-age", "high-age", "postcode", "street"};
    static const std::vector<std::string> kOutlets = {"id",   "name",    "use",      "opened",   "closed",
                                                      "x",    "y",       "wkt",      "postcode", "description",
                                                      "uprn", "address", "authority"};
    // `floorspace`, `opens` and `closes` are fields that policies ask of an application.
    static const std::vector<std::string> kProposals = {
        "reference", "name",         "x",           "y",       "wkt",      "received", "validated", "decided",
        "decision",  "use",          "description", "address", "postcode", "uprn",     "unit",      "street",
        "counts-as", "existing-use", "floorspace",  "opens",   "closes"};
    static const std::vector<std::string> kFrontages = {
        "id", "name", "parade", "parade-name", "sequence", "number", "street", "uprn",  "x",
        "y",  "wkt",  "metres", "use",         "state",    "opened", "closed", "floor", "description"};
    static const std::vector<std::string> kAreas = {"code", "name", "wkt"};
    static const std::vector<std::string> kAny;
    switch (kind) {
        case LayerKind::places:
            return kPlaces;
        case LayerKind::outlets:
            return kOutlets;
        case LayerKind::proposals:
            return kProposals;
        case LayerKind::areas:
            return kAreas;
        case LayerKind::frontages:
            return kFrontages;
        default:
            return kAny;
    }
}

std::vector<std::string> with_file_keys(std::vector<std::string> more) {
    for (const char* key : {"file", "layer", "crs", "preset", "columns", "where", "date-format", "date"})
        more.emplace_back(key);
    return more;
}

fs::path existing_file(const TomlTable& table, const std::string& key, const fs::path& folder) {
    const std::string written = table.text(key);
    if (written.find('\0') != std::string::npos) table.fail(key, "a file name holds no NUL character");
    fs::path path = folder / fs::path(written);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) {
        if (path.extension() == ".gdb") return path;
        table.fail(key, "\"" + printable(written) + "\" is a directory; a file is expected");
    }
    if (fs::is_regular_file(status)) return path;
    if (fs::exists(status)) table.fail(key, "\"" + printable(written) + "\" is not a regular file");
    std::vector<std::string> names;
    for (fs::directory_iterator it(path.parent_path(), error), end; !error && it != end && names.size() < 1000;
         it.increment(error)) {
        names.push_back(it->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    const auto near = nearest_word(path.filename().string(), names);
    table.fail(key,
               "there is no file \"" + printable(written, 400) + "\"" +
                   (near ? "; did you mean \"" + printable(*near) + "\"?" : "; paths are relative to the study file"));
}

FileSpec read_file_spec(const TomlTable& table, const fs::path& folder, const std::vector<std::string>& column_words,
                        const FileSpec& outer) {
    FileSpec file = outer;
    file.line = table.line("file");
    if (table.has("file")) {
        file.file = table.text("file");
        file.path = existing_file(table, "file", folder);
    }
    if (table.has("layer")) file.container_layer = table.text("layer");
    if (table.has("crs")) {
        file.crs = table.text("crs");
        try {
            (void)Crs::from_text(file.crs);
        } catch (const UsageError& error) {
            table.fail("crs", error.what());
        }
    }
    if (table.has("preset")) file.preset = read_preset(table);
    if (table.has("columns")) file.columns = read_columns(table, column_words);
    if (table.has("where")) file.where = read_where(table);
    if (table.has("date-format")) {
        const std::string written = table.text("date-format");
        file.date_format = date_format_from(written);
        if (!file.date_format) {
            table.fail("date-format", "\"" + printable(written) +
                                          "\" is no date format; yyyy-mm-dd, dd/mm/yyyy or mm/dd/yyyy is expected");
        }
    }
    if (table.has("date")) file.date = table.optional_date("date");
    return file;
}

namespace {

/// Keys of other kinds that would seem to say something of streets, and say nothing.
void refuse_on_streets(const TomlTable& table) {
    if (table.has("accuracy"))
        table.fail("accuracy",
                   "a layer of kind streets has none; say how sure a walked distance is with `band`, for example "
                   "band = \"10 m\"");
    if (table.has("covers"))
        table.fail("covers",
                   "a layer of kind streets has none: streets are taken to cover all that the study asks about. Take "
                   "the key out, and load streets for as far around it as the longest limit reaches");
}

/// Where a layer is complete matters where something that is not loaded could change an answer: places, and outlets that are counted.
void refuse_covers(const TomlTable& table, LayerKind kind) {
    if (!table.has("covers") || kind == LayerKind::places || kind == LayerKind::outlets || kind == LayerKind::streets)
        return;
    table.fail("covers", "a layer of kind " + std::string(word(kind)) +
                             " has none: the key says in which area all places or all outlets are loaded. Take it "
                             "out here");
}

}  // namespace

LayerSpec read_layer_spec(const TomlTable& table, const std::string& name, const fs::path& folder) {
    LayerSpec layer;
    layer.name = name;
    layer.line = table.line();
    layer.kind = read_kind(table);
    std::vector<std::string> keys = keys_of_kind(layer.kind);
    for (const char* key : {"kind", "accuracy", "licence", "attribution", "covers"}) keys.emplace_back(key);
    table.expect_only(with_file_keys(keys), "a layer of kind " + std::string(word(layer.kind)));
    if (layer.kind == LayerKind::streets) refuse_on_streets(table);
    refuse_covers(table, layer.kind);
    read_files(table, folder, layer);
    if (table.has("accuracy")) layer.accuracy = read_length(table, "accuracy");
    if (table.has("site-radius")) layer.site_radius = read_length(table, "site-radius");
    layer.covers = table.optional_text("covers");
    layer.part_of = table.optional_text("part-of");
    layer.licence = table.optional_text("licence").value_or("");
    layer.attribution = table.optional_text("attribution").value_or("");
    layer.date = table.optional_date("date");
    if (layer.kind == LayerKind::streets) {
        read_street_keys(table, folder, layer);
        return layer;
    }
    read_uses(table, layer);
    if (const auto kinds = table.optional_table("kinds")) {
        for (const std::string& value : kinds->keys()) layer.kinds[value] = kinds->text(value);
    }
    layer.keep = table.texts("keep");
    read_attributes(table, folder, layer);
    read_joins(table, folder, layer);
    read_counts_as(table, layer);
    read_decisions(table, layer);
    if (layer.kind == LayerKind::frontages) read_frontage_keys(table, folder, layer);
    return layer;
}

}  // namespace geo
